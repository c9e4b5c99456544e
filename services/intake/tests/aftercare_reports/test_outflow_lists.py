"""A year's list of releases, in parts, on a real database."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.intake.aftercare_reports.outflow_lists import COLUMNS, OutflowRows
from services.intake.tests.assigned import detained
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, OTHER_BSN, PRISONS

LIST = "outflow-lists.submitted.v1"
HEADER = ";".join(COLUMNS)
KNOWN = f"{BSN};Jansen;Piet;1990-02-03;man;Dorp;PI Dorp;2014-03-02;2014-08-01"
STRANGER = f"{OTHER_BSN};De Boer;Kees;1980-01-01;man;Stad;PI Stad;2014-01-05;2014-02-01"


def outflow(*rows: str, **changes: Any) -> dict[str, Any]:
    return {"reference": "U-1", "year": 2014, "part": 1, "parts": 2, "list": "\n".join((HEADER, *rows)), **changes}


def test_each_row_of_an_outflow_list_is_handed_on_and_nobody_is_registered(desk: Desk) -> None:
    case_id = detained(desk)
    message_id = desk.send(outflow(KNOWN, STRANGER), PRISONS, type=LIST)
    known, stranger = desk.announced("outflows.reported.v1")
    part = {"messageId": str(message_id), "partner": "dji", "listYear": 2014, "part": 1, "parts": 2, "rows": 2}
    assert known["subject"] == case_id
    assert "subject" not in stranger
    assert known["data"] == part | {
        "row": 1,
        "municipality": "Dorp",
        "institution": "pi_dorp",
        "detainedOn": "2014-03-02",
        "releasedOn": "2014-08-01",
    }
    assert (stranger["data"]["row"], stranger["data"]["institution"]) == (2, "pi_stad")
    assert desk.rows("SELECT count(*) FROM subjects") == [(1,)]
    assert not [word for word in (BSN, OTHER_BSN, "Jansen", "Boer") if word in json.dumps([known, stranger])]


def test_every_wrong_cell_is_told_at_once_without_what_stands_in_it(desk: Desk) -> None:
    wrong = f"123456789;;Kees;1980-01-32;man;Maan;;2014-03-02;2014-03-01;{BSN}"
    desk.send(outflow(KNOWN, wrong), PRISONS, type=LIST)
    [told] = desk.told(PRISONS, "messages.refused.v1")
    fields = {problem["field"].removeprefix("data.list[3].") for problem in told["problems"]}
    assert fields == {"bsn", "birth_date", "institution", "municipality", "released_on", "column10"}
    assert not [word for word in ("123456789", BSN, "Kees", "Maan") if word in json.dumps(told)]
    assert desk.announced("outflows.reported.v1") == []


def test_a_row_of_an_institution_that_the_house_does_not_list_is_refused_and_other_is_taken(desk: Desk) -> None:
    desk.send(outflow(KNOWN.replace("PI Dorp", "Kasteel")), PRISONS, type=LIST)
    [told] = desk.told(PRISONS, "messages.refused.v1")
    assert [(each["field"], each["code"]) for each in told["problems"]] == [
        ("data.list[2].institution", "unknown_institution")
    ]
    desk.send(outflow(KNOWN.replace("PI Dorp", "other")), PRISONS, type=LIST)
    assert [each["data"]["institution"] for each in desk.announced("outflows.reported.v1")] == ["other"]


def test_a_cell_that_is_missing_is_told_once(desk: Desk) -> None:
    desk.send(outflow(KNOWN.replace("Dorp;PI Dorp", ";PI Dorp")), PRISONS, type=LIST)
    [told] = desk.told(PRISONS, "messages.refused.v1")
    assert told["problems"] == [
        {"field": "data.list[2].municipality", "reason": "Missing data for required field.", "code": "required"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}\r\n{KNOWN}",
        f"{HEADER}\r\n{KNOWN}\r\n;;;;;;;;\r\n",
        f"{HEADER};;\r\n{KNOWN};;",
        f"{HEADER}\n{KNOWN.replace('Dorp', ' Dorp ', 1)}",
        f"{HEADER.upper()}\n\n{KNOWN.replace('Dorp', 'DORP', 1)}",
        f"{HEADER}\r{KNOWN}",
    ],
)
def test_what_excel_adds_to_a_list_means_nothing(desk: Desk, text: str) -> None:
    desk.send(outflow(list=text), PRISONS, type=LIST)
    [event] = desk.announced("outflows.reported.v1")
    assert (event["data"]["municipality"], event["data"]["rows"]) == ("Dorp", 1)


@pytest.mark.parametrize(
    ("rows", "field", "code"),
    [
        ((KNOWN, "", ";;", KNOWN.replace("Dorp", "Dorb", 1)), "data.list[5].municipality", "unknown_municipality"),
        ((KNOWN, "Totaal;;;;;;;;1"), "data.list[3]", "unexpected_row"),
        ((KNOWN.replace("2014-03-02", "2-3-2014"),), "data.list[2].detained_on", "not_a_date"),
        ((KNOWN.replace("2014-08-01", "2015-01-01"),), "data.list[2].released_on", "not_of_the_lists_year"),
        ((KNOWN.replace("Jansen", "Zo\u00c3\u00abbos"),), "data.list[2].family_name", "garbled"),
        ((KNOWN.replace("Jansen", "Zo\ufffdbos"),), "data.list[2].family_name", "garbled"),
    ],
)
def test_a_wrong_cell_is_told_once_by_the_line_of_the_file(
    desk: Desk, rows: tuple[str, ...], field: str, code: str
) -> None:
    desk.send(outflow(*rows), PRISONS, type=LIST)
    [told] = desk.told(PRISONS, "messages.refused.v1")
    assert [(problem["field"], problem["code"]) for problem in told["problems"]] == [(field, code)]


@pytest.mark.parametrize("text", ["", "bsn;name\n1;2", HEADER, HEADER + '\n"x', "\n" + HEADER])
def test_what_is_no_list_is_refused(desk: Desk, text: str) -> None:
    desk.send(outflow(list=text), PRISONS, type=LIST)
    assert desk.wrong_fields(PRISONS) == ["data.list"]


def test_a_part_beyond_the_last_is_refused(desk: Desk) -> None:
    desk.send(outflow(KNOWN, part=3), PRISONS, type=LIST)
    assert desk.wrong_fields(PRISONS) == ["data.part"]


@given(st.text())
def test_no_text_makes_the_list_fail_otherwise_than_by_a_refusal(text: str) -> None:
    try:
        rows = OutflowRows().deserialize(text)
    except ValidationError:
        return
    assert rows
