"""An outflow list as it comes in by the row, and what people see of it beside our own detentions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.aftercare.tests.given import detention_registered
from shared.testing.service import Answer, RunningService
from shared.testing.waiting import wait_until

Row = dict[str, Any]
KNOWN: Row = {
    "municipality": "Gouda",
    "institution": "pi_alphen_aan_den_rijn",
    "detainedOn": "2015-03-02",
    "releasedOn": "2015-07-01",
}
UNKNOWN: Row = KNOWN | {"municipality": "Leiden", "detainedOn": "2015-04-01"}
PATH = "/v1/reconciliations/2015"


@pytest.fixture
def case_id(aftercare: RunningService) -> UUID:
    """Somebody whose detention is that of the row KNOWN."""
    case_id = uuid4()
    aftercare.send("intake", "detentions.registered.v1", detention_registered(), case_id=case_id)
    return case_id


class List:
    """DJI's list, in parts."""

    def __init__(self, service: RunningService) -> None:
        self.service = service

    def rows(self, *rows: tuple[UUID | None, Row], only: Iterable[int] = (), **part: Any) -> str:
        """Send a part's rows, or only some, from the last to the first; gives the id of its message."""
        about = {"messageId": str(uuid4()), "partner": "dji", "listYear": 2015, "part": 1, "parts": 1} | part
        for number in sorted(only or range(1, len(rows) + 1), reverse=True):
            case_id, row = rows[number - 1]
            data = about | row | {"rows": len(rows), "row": number}
            self.service.send("intake", "outflows.reported.v1", data, case_id=case_id)
        return str(about["messageId"])

    def judged(self, *rows: tuple[UUID | None, Row], **part: Any) -> list[dict[str, str]]:
        """The problems of a part of which all rows were sent."""
        message_id = self.rows(*rows, **part)
        assert wait_until(lambda: message_id in judgements(self.service), 10, interval=0.02)
        return judgements(self.service)[message_id]


@pytest.fixture
def outflow_list(aftercare: RunningService) -> List:
    return List(aftercare)


def judgements(service: RunningService) -> dict[str, list[dict[str, str]]]:
    events = [event["data"] for event in service.announced("submissions.judged.v1")]
    assert len(events) == len({each["messageId"] for each in events})
    return {each["messageId"]: each["problems"] for each in events}


def seen(service: RunningService, caller: str = "", **wanted: str) -> Answer:
    return service.get(PATH, caller, **wanted)


def causes(service: RunningService, **wanted: str) -> list[str]:
    return [line["cause"] for line in seen(service, **wanted).body["items"]]


def test_a_list_is_seen_line_by_line_beside_our_detentions_with_the_sums_of_each_cause(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    assert outflow_list.judged((case_id, KNOWN), (None, UNKNOWN)) == []
    found = seen(aftercare, "manager").body
    agrees, unknown = found["items"]
    assert (agrees["finding"], agrees["cause"], agrees["caseId"]) == ("matched", "agrees", str(case_id))
    assert agrees["ours"]["releaseOn"] == agrees["theirs"]["releasedOn"] == "2015-07-01"
    assert (unknown["cause"], unknown["caseId"], unknown["ours"]) == ("notice_never_came", None, None)
    assert unknown["theirs"] == UNKNOWN | {"partner": "dji", "row": 2}
    summary = found["summary"]
    assert (found["year"], found["parts"], found["partsIn"]) == (2015, 1, 1)
    assert {key: summary[key] for key in ("lines", "inflow", "outflowOurs", "outflowTheirs")} == {
        "lines": 2,
        "inflow": 1,
        "outflowOurs": 1,
        "outflowTheirs": 2,
    }
    assert [(each["finding"], each["cause"], each["outflowTheirs"]) for each in summary["causes"]] == [
        ("matched", "agrees", 1),
        ("only_theirs", "notice_never_came", 1),
    ]


def test_a_part_counts_and_is_judged_when_its_last_row_is_in(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    outflow_list.judged((case_id, KNOWN), part=1, parts=2)
    second = outflow_list.rows((None, UNKNOWN), (None, UNKNOWN), only=[2], part=2, parts=2)
    outflow_list.judged((case_id, KNOWN), listYear=2014, part=1)  # heard after it
    assert second not in judgements(aftercare)
    found = seen(aftercare).body
    assert (found["partsIn"], found["parts"], found["summary"]["outflowTheirs"]) == (1, 2, 1)
    outflow_list.rows((None, UNKNOWN), (None, UNKNOWN), only=[1], part=2, parts=2, messageId=second)
    assert wait_until(lambda: judgements(aftercare).get(second) == [], 10, interval=0.02)
    assert seen(aftercare).body["summary"]["outflowTheirs"] == 3


def test_a_part_that_is_sent_again_replaces_what_stood_for_it(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    outflow_list.judged((case_id, KNOWN), (None, UNKNOWN), part=1, parts=2)
    outflow_list.judged((None, UNKNOWN), part=2, parts=2)
    outflow_list.judged((case_id, KNOWN), part=1, parts=2)
    assert seen(aftercare).body["summary"]["outflowTheirs"] == 2
    outflow_list.judged((case_id, KNOWN), part=1, parts=1)
    assert causes(aftercare) == ["agrees"]


def test_a_list_with_a_row_that_can_not_be_is_refused_as_a_whole_and_what_stood_goes_on(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    outflow_list.judged((case_id, KNOWN))
    wrong = KNOWN | {"releasedOn": "2015-03-01"}
    assert outflow_list.judged((None, UNKNOWN), (case_id, wrong)) == [
        {
            "field": "data.list[1].released_on",
            "reason": "is released before being detained",
            "code": "released_before_detained",
        }
    ]
    assert causes(aftercare) == ["agrees"]
    assert aftercare.parked() == []


def test_one_municipality_has_lines_and_sums_of_its_own(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    outflow_list.judged((case_id, KNOWN), (None, UNKNOWN))
    found = seen(aftercare, municipality="Leiden").body
    assert [line["cause"] for line in found["items"]] == ["notice_never_came"]
    assert (found["summary"]["inflow"], found["summary"]["outflowTheirs"]) == (0, 1)


def test_lines_come_in_pages_with_the_same_summary(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    outflow_list.judged((case_id, KNOWN), (None, UNKNOWN), (None, UNKNOWN))
    first = seen(aftercare, limit="2").body
    second = seen(aftercare, limit="2", cursor=first["next"]).body
    assert len({line["lineId"] for line in first["items"] + second["items"]}) == 3
    assert (second["next"], second["summary"]) == (None, first["summary"])
    assert seen(aftercare, cursor=str(uuid4())).wrong_fields == ["cursor"]


def test_there_is_nothing_to_see_before_a_list_is_in_nor_for_who_has_no_business_with_it(
    case_id: UUID, outflow_list: List, aftercare: RunningService
) -> None:
    assert seen(aftercare).status == 404
    outflow_list.judged((case_id, KNOWN))
    assert seen(aftercare, "director").status == 403
    assert seen(aftercare, "elsewhere").status == 404
    assert aftercare.get("/v1/reconciliations/0").status == 404
