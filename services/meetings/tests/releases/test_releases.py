"""A release date that changes shows with the table cases of the same case."""

from typing import Any
from uuid import uuid4

from services.meetings.tests.treatment import Subject, table_cases
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

DETENTION = str(uuid4())


def tell(subject: Subject, type: str, **data: str) -> None:
    subject.service.send("aftercare", type, {"detentionId": DETENTION} | data, case_id=subject.case_id)


def changed(subject: Subject, **release_on: str) -> None:
    more = {"municipality": "Leiden", "source": "dji", "changedOn": "2015-03-20"}
    tell(subject, "release-dates.changed.v1", **more | release_on)


def releases(meetings: RunningService, path: str) -> list[Any]:
    return [release["releaseOn"] for release in meetings.get(path).body["releases"]]


def test_a_release_that_moves_to_today_shows_with_the_running_case(subject: Subject, meetings: RunningService) -> None:
    path = subject.at_table()
    changed(subject, releaseOn="2015-03-20")
    assert wait_until(lambda: releases(meetings, path) == ["2015-03-20"], 10, interval=0.02)
    [case] = table_cases(meetings, state="open", releaseOn="2015-03-20")
    assert path.endswith(case["tableCaseId"])
    assert table_cases(meetings, releaseOn="2015-03-21") == []
    changed(subject)
    assert wait_until(lambda: releases(meetings, path) == [None], 10, interval=0.02)


def test_what_is_withdrawn_or_belongs_to_another_detention_does_not_show(
    subject: Subject, meetings: RunningService
) -> None:
    path = subject.at_table()
    for type, more in (
        ("detentions.withdrawn.v1", {"reason": "mistake", "withdrawnOn": "2015-03-21"}),
        ("detentions.joined.v1", {"joinedTo": str(uuid4()), "joinedOn": "2015-03-21"}),
    ):
        changed(subject, releaseOn="2015-03-20")
        assert wait_until(lambda: releases(meetings, path) == ["2015-03-20"], 10, interval=0.02)
        tell(subject, type, **more)
        assert wait_until(lambda: releases(meetings, path) == [], 10, interval=0.02)


def test_the_release_of_somebody_else_does_not_show(subject: Subject, meetings: RunningService) -> None:
    path, other = subject.at_table(), Subject(meetings)
    changed(other, releaseOn="2015-03-20")
    seen = other.at_table()
    assert wait_until(lambda: releases(meetings, seen) == ["2015-03-20"], 10, interval=0.02)
    assert releases(meetings, path) == []
