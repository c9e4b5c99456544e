"""A concern that its sender corrects is another version of the same text, not another referral."""

from typing import Any
from uuid import UUID

import pytest

from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import ContributionsQuery
from services.intake.house import Partner
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, HOUSE, NOTICE, POLICE, notice, vault
from shared.testing.callers import token_caller

CURRENT, WITHDRAWAL = "current-referrals.submitted.v1", "referral-withdrawals.submitted.v1"
CONCERN = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "Slaapt in zijn auto"}
RIGHT = CONCERN | {"concern": "Slaapt in de auto van zijn broer"}
EARLIER, LATER = "2015-06-01T08:00:00+02:00", "2015-06-01T10:00:00+02:00"
TEAM = token_caller("team", HOUSE.id, {"weighing_team"})


def send(desk: Desk, told: dict[str, Any], partner: Partner = POLICE, **attributes: Any) -> None:
    desk.send(told, partner, type=CURRENT, **attributes)


def referrals(desk: Desk) -> list[UUID]:
    """In the order in which they were registered."""
    return [UUID(event["data"]["referralId"]) for event in desk.announced("referrals.registered.v1")]


def versions(desk: Desk) -> list[list[str]]:
    """What the team reads of each referral, the oldest text first."""
    query = ContributionsQuery(contribution_ids=tuple(referrals(desk)), purpose="briefing")
    with desk.unit() as unit:
        shown = {view.contribution_id: view for view in disclosed_contributions(TEAM, query, unit)}
    return [[version.text for version in shown[id].versions] for id in referrals(desk)]


def weigh(desk: Desk, referral_id: UUID, **decision: Any) -> None:
    [(subject_id, case_id)] = desk.rows("SELECT subject_id, case_id FROM subjects")
    weighed = {
        "referralId": str(referral_id),
        "subjectId": str(subject_id),
        "briefingOn": "2015-06-02",
        "decision": "no_follow_up",
        "reason": "informed",
        "tabling": 1,
    }
    desk.hear("referrals.weighed.v1", weighed | decision, case_id=UUID(str(case_id)))
    assert desk.parked() == []


def test_the_team_reads_both_the_right_text_last(desk: Desk) -> None:
    send(desk, CONCERN)
    send(desk, RIGHT, time=LATER)
    send(desk, RIGHT, time=LATER)
    assert versions(desk) == [[CONCERN["concern"], RIGHT["concern"]]]
    receipts = desk.told(POLICE, "messages.accepted.v1")
    assert {receipt["referralId"] for receipt in receipts} == {str(id) for id in referrals(desk)}


def test_what_was_written_before_and_comes_later_does_not_stand(desk: Desk) -> None:
    send(desk, RIGHT)
    send(desk, CONCERN, time=EARLIER)
    assert versions(desk) == [[CONCERN["concern"], RIGHT["concern"]]]


def test_while_a_referral_is_deferred_a_correction_is_of_the_same_referral(desk: Desk) -> None:
    send(desk, CONCERN)
    weigh(desk, referrals(desk)[0], reason="deferred", comesBackOn="2015-06-09")
    send(desk, RIGHT, time=LATER)
    assert versions(desk) == [[CONCERN["concern"], RIGHT["concern"]]]


def test_what_the_team_has_not_read_before_it_decided_is_a_new_referral(desk: Desk) -> None:
    send(desk, CONCERN)
    weigh(desk, referrals(desk)[0])
    send(desk, CONCERN, time=LATER)
    assert len(referrals(desk)) == 1
    send(desk, RIGHT, time=LATER)
    assert versions(desk) == [[CONCERN["concern"]], [RIGHT["concern"]]]


def test_another_offence_of_an_arrest_that_the_team_decided_on_is_a_new_referral(desk: Desk) -> None:
    desk.send()
    desk.send(notice(offence="burglary"), time=EARLIER)
    weigh(desk, referrals(desk)[0])
    desk.send(time=LATER)
    assert len(referrals(desk)) == 1
    desk.send(notice(offence="murder"), time=LATER)
    assert versions(desk)[1:] == [["murder"]]


def test_a_correction_of_what_was_withdrawn_is_a_new_referral(desk: Desk) -> None:
    send(desk, CONCERN)
    desk.send({"reference": "W-1", "referralId": str(referrals(desk)[0])}, type=WITHDRAWAL)
    send(desk, RIGHT, time=LATER)
    assert versions(desk) == [[CONCERN["concern"]], [RIGHT["concern"]]]


@pytest.mark.parametrize(
    ("told", "partner"),
    [
        (RIGHT, CONTACT),
        (RIGHT | {"reference": "C-2"}, POLICE),
        (RIGHT | {"subject": {"kind": "family", "familyName": "Jansen", "municipality": "Dorp"}}, POLICE),
    ],
    ids=["another partner", "another reference", "about others"],
)
def test_another_partners_reference_corrects_nothing(desk: Desk, told: dict[str, Any], partner: Partner) -> None:
    send(desk, CONCERN)
    send(desk, told, partner, time=LATER)
    assert versions(desk) == [[CONCERN["concern"]], [RIGHT["concern"]]]


def test_what_was_registered_before_corrections_were_known_is_told_again_as_before(desk: Desk) -> None:
    send(desk, CONCERN)
    same = "\0".join((POLICE.id, str(CONCERN["reference"]), str(CONCERN["concern"])))
    index = vault().blind_indexes(HOUSE.id, "current_referral", same)[0]
    desk.rows("UPDATE referrals SET told = %s RETURNING referral_id", index)
    send(desk, CONCERN, time=LATER)
    assert len(referrals(desk)) == 1
