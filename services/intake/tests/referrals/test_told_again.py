"""The same thing told twice is one thing."""

from typing import Any

import pytest

from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, NOTICE, POLICE, PRISONS, delivery, message, notice

CURRENT, DETAINED = "current-referrals.submitted.v1", "detention-notices.submitted.v1"
LATER = "2015-06-01T10:00:00+02:00"


def told_twice(
    desk: Desk, first: dict[str, Any], again: dict[str, Any], type: str = "arrest-notices.submitted.v1"
) -> bool:
    """Whether the second message was answered as the first, and nothing else came of it."""
    for data in (first, again):
        desk.send(data, PRISONS if type == DETAINED else POLICE, type=type)
    receipts = desk.told(PRISONS if type == DETAINED else POLICE, "messages.accepted.v1")
    referrals = desk.rows("SELECT referral_id::text FROM referrals")
    assert len(desk.announced("referrals.registered.v1")) == len(referrals)
    return len(referrals) == 1 and [receipt["referralId"] for receipt in receipts] == [referrals[0][0]] * 2


CONCERN = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries"}


@pytest.mark.parametrize(
    ("first", "again", "type"),
    [
        (NOTICE, NOTICE, "arrest-notices.submitted.v1"),
        (NOTICE, notice(offence="theft"), "arrest-notices.submitted.v1"),
        (CONCERN, CONCERN, CURRENT),
        (CONCERN, CONCERN | {"concern": "other worries"}, CURRENT),
        (CONCERN | {"kind": "current_referral"}, CONCERN, CURRENT),
        (CONCERN | {"theme": "hidden"}, CONCERN | {"theme": "hidden"}, CURRENT),
    ],
)
def test_the_same_notice_under_a_new_id_is_the_same_referral(
    desk: Desk, first: dict[str, Any], again: dict[str, Any], type: str
) -> None:
    if "theme" in first:
        for data in (first, again):
            desk.send(data, type=type)
        assert desk.rows("SELECT count(*) FROM referrals") == [(1,)]
    else:
        assert told_twice(desk, first, again, type)


@pytest.mark.parametrize(
    "again",
    [
        notice(reference="PL-2"),
        notice(arrestedOn="2015-05-29"),
        notice(subject=NOTICE["subject"] | {"bsn": "999990020", "givenNames": "Kees"}),
    ],
)
def test_another_reference_day_or_person_is_another_referral(desk: Desk, again: dict[str, Any]) -> None:
    assert not told_twice(desk, NOTICE, again)


def test_what_a_repetition_tells_of_the_person_counts(desk: Desk) -> None:
    desk.send()
    desk.send(notice(subject=NOTICE["subject"] | {"municipality": "Stad"}), time=LATER)
    assert desk.rows("SELECT count(*) FROM claims") == [(2,)]


def test_a_repetition_sent_again_gets_its_receipt_again(desk: Desk) -> None:
    desk.send()
    again = message()
    for _ in range(2):
        desk.take(delivery(again))
    receipts = desk.told(POLICE, "messages.accepted.v1")
    assert len(receipts) == 3
    assert len({receipt["referralId"] for receipt in receipts}) == 1


def corrections(desk: Desk, *notices: tuple[dict[str, Any], str]) -> list[dict[str, Any]]:
    for changes, time in (({}, "2015-06-01T09:00:00+02:00"), *notices):
        desk.send(DETENTION | changes, PRISONS, type=DETAINED, time=time)
    [detention] = desk.announced("detentions.registered.v1")
    corrected = [event["data"] for event in desk.announced("detentions.corrected.v1")]
    assert {event["detentionId"] for event in corrected} <= {detention["data"]["detentionId"]}
    return corrected


def test_a_detention_notice_with_a_correction_corrects_the_detention(desk: Desk) -> None:
    [corrected] = corrections(desk, ({"expectedReleaseOn": "2015-09-01"}, LATER))
    corrected.pop("detentionId"), corrected.pop("subjectId")
    assert corrected == {
        "municipality": "Dorp",
        "institution": "pi_dorp",
        "detainedOn": "2015-05-30",
        "expectedReleaseOn": "2015-09-01",
        "ownAftercare": False,
        "correctedOn": "2015-06-01",
    }


def test_a_detention_notice_with_the_same_content_or_an_older_one_corrects_nothing(desk: Desk) -> None:
    assert corrections(desk, ({}, LATER), ({"institution": "P.I. DORP"}, LATER)) == []
    assert corrections(desk, ({"expectedReleaseOn": "2015-09-01"}, "2015-05-31T09:00:00+02:00")) == []


def test_the_last_correction_stands(desk: Desk) -> None:
    changed = {"expectedReleaseOn": "2015-09-01"}
    corrected = corrections(
        desk, (changed, LATER), (changed, "2015-06-01T10:30:00+02:00"), ({}, "2015-06-01T11:00:00+02:00")
    )
    assert [each["expectedReleaseOn"] for each in corrected] == ["2015-09-01", "2015-08-01"]


def test_a_detention_after_the_release_is_another_detention(desk: Desk) -> None:
    first = DETENTION | {"detainedOn": "2015-01-01", "expectedReleaseOn": "2015-02-01"}
    desk.send(first, PRISONS, type=DETAINED)
    desk.send(DETENTION, PRISONS, type=DETAINED)
    assert len(desk.announced("detentions.registered.v1")) == 2
