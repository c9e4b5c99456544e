"""Of a list of suspects the house tells whom it knows; of anybody else nothing stays, wherever one looks."""

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from unittest.mock import patch
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from services.intake.house import Partner
from services.intake.subjects.names import is_name, name_parts
from services.intake.subjects.recognition import traits
from services.intake.subjects.rules import without_unknowns
from services.intake.suspects.messages import MOST_SUSPECTS
from services.intake.suspects.rules import is_news
from services.intake.suspects.store import SuspectStore
from services.intake.tests.desk import SEALER, Desk
from services.intake.tests.given import BSN, PROSECUTOR, delivery, message
from shared.messaging.parked import Author, Parking, ParkingError

LIST = "suspect-lists.submitted.v1"
DAY = date(2015, 6, 1)
KNOWN: dict[str, Any] = {"bsn": BSN, "familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03"}
PLANTED = {"bsn": "999990032", "familyName": "Quispelaar", "givenNames": "Zeno", "birthDate": "1981-12-24"}
TRACES = [trace.encode() for trace in ("Quispelaar", "Zeno", "999990032", "1981-12-24")]
SEALED = {"outbox": "outbox", "parked": "parked", "postponed": "postponed", "stream_messages": "outbox"}


def listed(*suspects: dict[str, Any], on: date = DAY, **more: Any) -> dict[str, Any]:
    return {"reference": "ZSM-1", "listedOn": str(on), "suspects": list(suspects), **more}


def send(desk: Desk, *suspects: dict[str, Any], on: date = DAY, partner: Partner = PROSECUTOR) -> None:
    desk.send(listed(*suspects, on=on), partner, type=LIST)


def recognised(desk: Desk) -> list[tuple[str, str]]:
    events = desk.announced("suspects.recognised.v1")
    return [(event["data"]["subjectId"], event["data"]["listedOn"]) for event in events]


def everything(desk: Desk) -> dict[str, bytes]:
    """All that each table holds; what is sealed with the key of messages is opened."""
    with psycopg.connect(desk.url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: b"\n".join(_row(name, row) for row in _rows(connection, name)) for (name,) in tables}


def _rows(connection: psycopg.Connection[Any], table: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()


def _row(table: str, row: tuple[Any, ...]) -> bytes:
    return b"|".join(_opened(table, cell) if isinstance(cell, bytes) else str(cell).encode() for cell in row)


def _opened(table: str, cell: bytes) -> bytes:
    try:
        return SEALER.open(cell, SEALED.get(table, table))
    except ValueError:
        return cell


def traces(desk: Desk) -> list[str]:
    """The tables in which something of the planted person stands."""
    return [table for table, held in everything(desk).items() if any(trace in held for trace in TRACES)]


def test_who_is_known_is_told_by_id_alone_and_the_sender_learns_nothing(desk: Desk) -> None:
    piet = desk.notice(**KNOWN)
    send(desk, PLANTED, KNOWN)
    send(desk, PLANTED)
    [event] = desk.announced("suspects.recognised.v1")
    assert event["data"] == {"subjectId": str(piet), "partner": "om", "listedOn": "2015-06-01"}
    assert desk.rows("SELECT case_id FROM subjects WHERE subject_id = %s", piet) == [(UUID(event["subject"]),)]
    first, second = desk.told(PROSECUTOR, "messages.accepted.v1")
    assert first.keys() == second.keys() == {"messageId", "reference"}


def test_a_list_of_people_whom_nobody_knows_leaves_its_receipt_its_day_and_the_mark_of_the_inbox_alone(
    desk: Desk,
) -> None:
    desk.notice(**KNOWN)
    before = everything(desk)
    send(desk, PLANTED, {"familyName": "Quispelaar"}, {})
    after = everything(desk)
    assert {table for table in after if after[table] != before[table]} == {"inbox", "outbox", "suspect_lists"}
    assert after["suspect_lists"] == b"noord|om|2015-06-01"
    assert traces(desk) == []
    assert [cached.cache_info().currsize for cached in (traits, without_unknowns, name_parts, is_name)] == [0] * 4


@pytest.mark.parametrize(
    "document",
    [
        message(listed(PLANTED, {**KNOWN, "bsn": "1"}), PROSECUTOR, LIST),
        message(listed(PLANTED | {"colour": "red"}), PROSECUTOR, LIST),
        message(listed(PLANTED), PROSECUTOR, "suspects-lists.submitted.v1"),
        message(listed(PLANTED), PROSECUTOR, "current-referrals.submitted.v1"),
        message(listed(PLANTED), PROSECUTOR, LIST, source="urn:nld:other"),
        json.dumps(message(listed(PLANTED), PROSECUTOR, LIST))[:-1].encode(),
    ],
    ids=["a wrong BSN", "an unknown field", "no such type", "another type", "another source", "no JSON"],
)
def test_of_a_list_that_is_refused_nothing_is_kept_either(desk: Desk, document: Any) -> None:
    desk.take(delivery(document, PROSECUTOR))
    assert desk.rows("SELECT kind FROM parked") == [("rejected",)]
    assert traces(desk) == []
    [told] = desk.told(PROSECUTOR, "messages.refused.v1")
    assert told["problems"][-1]["code"] == "not_kept"


def test_of_a_list_on_which_the_service_fails_nothing_is_kept_and_nobody_replays_it(desk: Desk) -> None:
    with patch.object(SuspectStore, "last_listed", side_effect=ZeroDivisionError("Quispelaar")):
        send(desk, PLANTED, KNOWN)
    assert desk.rows("SELECT kind, reason FROM parked") == [("unexpected", "unexpected")]
    assert traces(desk) == []
    with psycopg.connect(desk.url) as connection, pytest.raises(ParkingError):
        [(id,)] = desk.rows("SELECT id FROM parked")
        Parking(connection, SEALER).replay(id, Author.at_the_command_line("Joris", "try", "replay"))


def test_what_is_refused_of_a_partner_without_lists_is_kept_as_ever(desk: Desk) -> None:
    desk.send(listed(PLANTED), type="current-referrals.submitted.v1")
    assert traces(desk) == ["parked"]


def test_whoever_is_on_the_list_day_after_day_is_told_once_and_anew_after_a_week_without(desk: Desk) -> None:
    piet = str(desk.notice(**KNOWN))
    for days in (-20, -19, -14, -10, -2, -2, -15):
        send(desk, KNOWN, on=DAY + timedelta(days=days))
    assert recognised(desk) == [(piet, "2015-05-12"), (piet, "2015-05-30")]


def test_a_case_at_zsm_is_news_once_in_a_week() -> None:
    assert is_news(None, DAY)
    days = [DAY, DAY + timedelta(days=7), DAY + timedelta(days=15), DAY + timedelta(days=14)]
    assert [is_news(last, on) for last, on in pairwise(days)] == [False, True, False]


def test_somebody_in_doubt_or_known_from_a_sealed_matter_alone_is_not_recognised(desk: Desk) -> None:
    desk.notice(**KNOWN)
    send(desk, {**KNOWN, "familyName": "Bakker", "givenNames": "Anna", "birthDate": "1961-07-08"})
    secret = {"reference": "C-1", "subject": {"kind": "person", "municipality": "Dorp", **PLANTED}}
    desk.send({**secret, "concern": "worries", "theme": "hidden"}, type="current-referrals.submitted.v1")
    send(desk, PLANTED)
    assert recognised(desk) == []
    assert desk.rows("SELECT FROM listed_suspects") == []


def test_a_name_with_its_birth_date_is_enough_and_a_person_twice_on_a_list_is_one(desk: Desk) -> None:
    piet = str(desk.notice(**KNOWN))
    send(desk, {name: KNOWN[name] for name in ("familyName", "givenNames", "birthDate")}, KNOWN)
    assert recognised(desk) == [(piet, "2015-06-01")]


def test_an_empty_list_is_one_and_a_list_of_tomorrow_or_of_too_many_is_refused(desk: Desk) -> None:
    send(desk)
    assert len(desk.told(PROSECUTOR, "messages.accepted.v1")) == 1
    send(desk, on=DAY + timedelta(days=1))
    send(desk, *[{}] * (MOST_SUSPECTS + 1))
    send(desk, {"birthDate": "2015-06-02"})
    assert desk.wrong_fields(PROSECUTOR) == [
        "data.listedOn",
        "",
        "data.suspects",
        "",
        "data.suspects[0].birthDate",
        "",
    ]
