"""Whatever a partner sends is read within bounds, and so is what is kept of it."""

import time
from itertools import chain
from typing import Any
from unittest.mock import patch

import orjson
import psycopg
import pytest

from services.intake.accepting import ACCEPTS
from services.intake.aftercare_reports.outflow_lists import COLUMNS, MOST_ROWS
from services.intake.partners.reader import PartnerReader
from services.intake.tests.desk import SEALER, Desk
from services.intake.tests.given import CONTACT, HOUSE, MESSAGE_KEY, NOTICE, NOW, POLICE, PRISONS, delivery, message
from shared.bounded_json import MOST_BYTES
from shared.messaging.keeping import Quota
from shared.messaging.parked import Author, Parking, ParkingError
from shared.messaging.sealing import Sealer
from shared.validation import MOST_PROBLEMS

LIST = "outflow-lists.submitted.v1"
HEADER = ";".join(COLUMNS)
TOO_LARGE = b"x" * (MOST_BYTES + 1)


def outflow(*rows: str) -> dict[str, Any]:
    return {"reference": "U-1", "year": 2014, "part": 1, "parts": 1, "list": "\n".join((HEADER, *rows))}


DEAREST = {
    "rows of nothing": message(outflow(*["0"] * 21_600), PRISONS, LIST),
    "wrong rows": message(outflow(*["0;0;0;0;0;0;0;0;0;0;0"] * MOST_ROWS), PRISONS, LIST),
    "rows of a place that nobody knows": message(
        outflow(*[";;;;;Maan;Maan;2014-01-01;2013-01-01"] * MOST_ROWS), PRISONS, LIST
    ),
    "a list of empty texts": message(
        {"requestId": NOTICE["reference"], "involved": [""] * 21_500}, CONTACT, "information-answers.submitted.v1"
    ),
    "unknown fields": message(NOTICE | {f"f{number}": 1 for number in range(5_500)}, POLICE),
    "unknown fields of a subject": message(NOTICE | {"subject": {f"f{number}": 1 for number in range(5_500)}}, POLICE),
}


@pytest.mark.parametrize("document", DEAREST.values(), ids=DEAREST)
def test_the_dearest_messages_cost_little_and_get_at_most_the_told_problems(document: dict[str, Any]) -> None:
    reader = PartnerReader(ACCEPTS, {"noord": HOUSE}, Sealer(MESSAGE_KEY), now=lambda: NOW)
    [sender] = [partner for partner in (POLICE, PRISONS, CONTACT) if partner.source == document["source"]]
    sent = delivery(document, sender)._replace(body=orjson.dumps(document))
    assert len(sent.body) <= MOST_BYTES
    began = time.process_time()
    reading = reader.read(sent)
    assert time.process_time() - began < 0.2
    assert 0 < len(reading.problems) <= MOST_PROBLEMS
    assert sum(map(len, chain(*reading.problems))) < 16 * 1024


def test_a_list_of_too_many_rows_is_refused_with_the_bound(desk: Desk) -> None:
    desk.send(outflow(*["0"] * (MOST_ROWS + 1)), PRISONS, type=LIST)
    [told] = desk.told(PRISONS, "messages.refused.v1")
    assert [problem["code"] for problem in told["problems"]] == ["too_many_rows"]


def test_of_a_message_over_the_size_limit_size_and_fingerprint_are_kept_alone(desk: Desk) -> None:
    sent = delivery(message())._replace(body=TOO_LARGE)
    assert desk.take(sent)[sent.queue, "rejected"] == 1
    [told] = desk.told(POLICE, "messages.refused.v1")
    fingerprint = SEALER.hash(TOO_LARGE, "parked").hex()
    assert [problem["reason"] for problem in told["problems"]] == [
        "is over 64 KB",
        f"was not kept, because it is over 64 KB; it has {len(TOO_LARGE)} bytes and the fingerprint {fingerprint}",
    ]
    assert desk.rows("SELECT octet_length(body) < 64 FROM parked") == [(True,)]
    assert desk.take(sent)[sent.queue, "repeated"] == 1
    assert desk.told(POLICE, "messages.refused.v1") == [told, told]


def test_a_message_that_was_not_kept_is_not_replayed(desk: Desk) -> None:
    desk.take(delivery(message())._replace(body=TOO_LARGE))
    [(id,)] = desk.rows("SELECT id FROM parked")
    with psycopg.connect(desk.url) as connection, pytest.raises(ParkingError, match="was not kept"):
        Parking(connection, SEALER).replay(id, Author.at_the_command_line("K. de Boer", "to see it", "replay"))


@pytest.mark.parametrize("quota", [Quota(messages=2, bytes=10**6), Quota(messages=10, bytes=2 * 700)])
def test_of_a_partner_that_has_its_quota_parked_no_further_body_is_kept(desk: Desk, quota: Quota) -> None:
    wrong = [delivery(message(NOTICE | {"reference": "", "offence": "x" * 200})) for _ in range(6)]
    with patch.object(PartnerReader, "quota", quota):
        desk.take(*wrong[:2])
        desk.take(*wrong[2:])
        assert desk.rows("SELECT octet_length(body) > 64 FROM parked ORDER BY id") == [(True,)] * 2 + [(False,)] * 4
        desk.take(delivery(message(outflow("0"), PRISONS, LIST), PRISONS))
    assert desk.rows("SELECT octet_length(body) > 64 FROM parked ORDER BY id DESC LIMIT 1") == [(True,)]
    reasons = [told["problems"][-1]["reason"] for told in desk.told(POLICE, "messages.refused.v1")]
    assert [f"because the house keeps at most {quota} of one sender" in reason for reason in reasons] == [False] * 2 + [
        True
    ] * 4
