"""Who somebody is and what was written is told for a purpose only while it is open for the case."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest

from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import ContributionsQuery
from services.intake.openings.handlers import open_aftercare, set_briefing
from services.intake.openings.rules import AFTER_RELEASE
from services.intake.subjects.handlers import disclosed_together
from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, HOUSE, NOW, POLICE, PRISONS
from services.intake.tests.matches.test_matches import PIET, SLIP, decide, proposed, separated
from shared.web import Caller

TABLE_CASE = str(uuid4())
DECIDED = {"decision": "bilateral", "briefingOn": "2015-06-02"}
DEFERRED = DECIDED | {"decision": "no_follow_up", "reason": "deferred", "comesBackOn": "2015-06-09"}
NOT_BY_PERSONS = {"intake", "information_request"}
TEAM = Caller(id="t", name="", house="noord", roles=frozenset({"weighing_team"}), organisation="noord", origin="t")


def case_of(desk: Desk, subject_id: UUID) -> UUID:
    [(case_id,)] = desk.rows("SELECT case_id FROM subjects WHERE subject_id = %s", subject_id)
    return UUID(str(case_id))


def open_for(desk: Desk, subject_id: UUID, after_days: int = 0) -> set[str]:
    """The purposes for which it is told who the subject is."""
    found = set()
    for purpose in ("briefing", "focus", "aftercare", *NOT_BY_PERSONS):
        with desk.unit() as unit:
            later = replace(unit, now=lambda: NOW + timedelta(days=after_days))
            if disclosed_together(HOUSE.id, [subject_id], to="somebody", purpose=purpose, unit=later):
                found.add(purpose)
    return found - NOT_BY_PERSONS


def weighed(desk: Desk, subject_id: UUID, type: str = "referrals.weighed.v1", **told: str | bool | None) -> None:
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals WHERE subject_id = %s", subject_id)
    desk.hear(type, {"referralId": str(referral_id), **told}, case_id=case_of(desk, subject_id))


def at_table(desk: Desk, subject_id: UUID, type: str) -> None:
    desk.hear(
        type, {"tableCaseId": TABLE_CASE, "table": "focus", "openedOn": "2015-06-01"}, case_id=case_of(desk, subject_id)
    )


def test_a_referral_that_is_to_be_weighed_opens_the_briefing_and_nothing_else(desk: Desk) -> None:
    assert open_for(desk, desk.notice()) == {"briefing"}


def test_intake_itself_and_partners_that_are_asked_need_no_opening(desk: Desk) -> None:
    subject_id = desk.notice()
    with psycopg.connect(desk.url) as connection:
        connection.execute("DELETE FROM openings")
    for purpose in NOT_BY_PERSONS:
        with desk.unit() as unit:
            assert disclosed_together(HOUSE.id, [subject_id], to="officer", purpose=purpose, unit=unit)


def test_the_briefing_stays_open_for_some_days_after_the_decision(desk: Desk) -> None:
    subject_id = desk.notice()
    weighed(desk, subject_id, **DECIDED)
    assert open_for(desk, subject_id, after_days=30) == {"briefing"}
    assert open_for(desk, subject_id, after_days=31) == set()


def test_a_deferred_or_withdrawn_decision_leaves_the_briefing_open(desk: Desk) -> None:
    subject_id = desk.notice()
    weighed(desk, subject_id, **DEFERRED)
    assert open_for(desk, subject_id, after_days=400) == {"briefing"}
    weighed(desk, subject_id, "decisions.corrected.v1", **DECIDED)
    assert open_for(desk, subject_id, after_days=400) == set()
    weighed(desk, subject_id, "decisions.withdrawn.v1")
    assert open_for(desk, subject_id, after_days=400) == {"briefing"}


def withdrawn_by_sender(desk: Desk) -> None:
    """The one referral that there is."""
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals")
    told = {"reference": "W-1", "referralId": str(referral_id), "because": "Per vergissing gemeld."}
    desk.send(told, type="referral-withdrawals.submitted.v1")


def test_a_referral_that_its_sender_withdrew_can_be_seen_for_some_days(desk: Desk) -> None:
    subject_id = desk.notice()
    withdrawn_by_sender(desk)
    assert open_for(desk, subject_id, after_days=30) == {"briefing"}
    assert open_for(desk, subject_id, after_days=31) == set()


def test_a_referral_that_waits_again_since_a_follow_up_was_not_done_opens_the_briefing_until_it_does_so_no_more(
    desk: Desk,
) -> None:
    subject_id = desk.notice()
    weighed(desk, subject_id, **DECIDED)
    for table_on, open_purposes in (("2015-06-09", {"briefing"}), (None, set())):
        weighed(desk, subject_id, "referrals.tabled-again.v1", tableOn=table_on)
        assert open_for(desk, subject_id, after_days=31) == open_purposes
    withdrawn_by_sender(desk)
    weighed(desk, subject_id, "referrals.tabled-again.v1", tableOn="2015-06-09")
    assert open_for(desk, subject_id, after_days=31) == set()


def test_what_was_told_last_counts_and_not_what_comes_last(desk: Desk) -> None:
    subject_id = desk.notice()
    of = {"tableCaseId": TABLE_CASE, "table": "focus"}
    at_table(desk, subject_id, "table-cases.opened.v1")
    reopened = ("closings.withdrawn.v1", of)
    desk.hear_late("table-cases.closed.v1", of, reopened, case_id=case_of(desk, subject_id))
    assert open_for(desk, subject_id, after_days=31) == {"briefing", "focus"}


def test_a_correction_of_a_decision_that_a_later_one_followed_opens_nothing(desk: Desk) -> None:
    subject_id = desk.notice()
    weighed(desk, subject_id, **DEFERRED)
    weighed(desk, subject_id, **DECIDED)
    weighed(desk, subject_id, "decisions.corrected.v1", **DEFERRED, decidedAgain=True)
    assert open_for(desk, subject_id, after_days=31) == set()
    assert len(desk.told(POLICE, "feedback.given.v1")) == 2


@pytest.mark.parametrize(
    ("type", "told"),
    [
        ("decisions.withdrawn.v1", {"correction": True}),
        ("referrals.weighed.v1", {"decision": "no_follow_up", "reason": "deferred", "decidedOn": "2015-06-02"}),
    ],
)
def test_what_the_team_takes_up_again_after_its_sender_withdrew_it_stays_closed_and_nobody_is_told_to_wait(
    type: str, told: dict[str, object], desk: Desk
) -> None:
    subject_id = desk.notice()
    withdrawn_by_sender(desk)
    weighed(desk, subject_id, type, **DEFERRED)
    assert open_for(desk, subject_id, after_days=31) == set()
    [feedback] = desk.told(POLICE, "feedback.given.v1")
    assert {name: value for name, value in feedback.items() if name not in ("messageId", "reference")} == told


def test_another_referral_on_the_same_person_keeps_the_briefing_open(desk: Desk) -> None:
    subject_id = desk.notice(bsn="999990019", familyName="Jansen", birthDate="1990-02-03")
    weighed(desk, subject_id, **DECIDED)
    assert desk.notice(bsn="999990019", familyName="Jansen", birthDate="1990-02-03") == subject_id
    assert open_for(desk, subject_id, after_days=31) == {"briefing"}


def test_a_table_sees_whom_it_has_and_some_days_longer(desk: Desk) -> None:
    subject_id = desk.notice()
    at_table(desk, subject_id, "table-cases.opened.v1")
    assert open_for(desk, subject_id, after_days=400) == {"briefing", "focus"}
    at_table(desk, subject_id, "table-cases.closed.v1")
    assert open_for(desk, subject_id, after_days=30) == {"briefing", "focus"}
    assert open_for(desk, subject_id, after_days=31) == {"briefing"}
    at_table(desk, subject_id, "closings.withdrawn.v1")
    assert open_for(desk, subject_id, after_days=31) == {"briefing", "focus"}
    at_table(desk, subject_id, "table-cases.withdrawn.v1")
    assert open_for(desk, subject_id, after_days=31) == {"briefing"}


def detained(desk: Desk, **differently: str | None) -> UUID:
    """Somebody in prison whom nobody weighs."""
    told = DETENTION | {"subject": DETENTION["subject"] | {"municipality": "Stad"}} | differently
    desk.send(told, PRISONS, type="detention-notices.submitted.v1")
    [(subject_id,)] = desk.rows("SELECT subject_id FROM subjects")
    return UUID(str(subject_id))


def in_aftercare(desk: Desk, subject_id: UUID, type: str, **told: str | None) -> None:
    [(opened_by,)] = desk.rows("SELECT DISTINCT opened_by FROM openings WHERE purpose = 'aftercare'")
    about = {name: str(opened_by) for name in ("detentionId", "trajectoryId", "conversationId", "stayId")}
    desk.hear(type, about | told, case_id=case_of(desk, subject_id))


def test_a_detention_opens_aftercare_also_if_nobody_weighs_it(desk: Desk) -> None:
    assert open_for(desk, detained(desk)) == {"aftercare"}


def test_aftercare_sees_whom_it_follows_for_six_months_after_the_release_and_some_days_longer(desk: Desk) -> None:
    release_on = NOW.date() + timedelta(days=10)
    subject_id = detained(desk, expectedReleaseOn=release_on.isoformat())
    last = (release_on - NOW.date() + AFTER_RELEASE).days + 30
    assert [open_for(desk, subject_id, days) for days in (last, last + 1)] == [{"aftercare"}, set()]
    in_aftercare(desk, subject_id, "release-dates.changed.v1", releaseOn=None)
    assert open_for(desk, subject_id, 4000) == {"aftercare"}
    in_aftercare(desk, subject_id, "release-dates.changed.v1", releaseOn="2001-01-01")
    assert [open_for(desk, subject_id, days) for days in (30, 31)] == [{"aftercare"}, set()]


@pytest.mark.parametrize(
    ("ends", "slip"),
    [
        ("detentions.withdrawn.v1", "detentions.restored.v1"),
        ("detentions.joined.v1", "detentions.restored.v1"),
        ("conversations.held.v1", "conversations.withdrawn.v1"),
        ("trajectories.ended.v1", "trajectory-steps.withdrawn.v1"),
        ("stays.ended.v1", "stay-steps.withdrawn.v1"),
    ],
)
def test_what_ends_in_aftercare_closes_it_some_days_later_unless_that_was_a_slip(
    ends: str, slip: str, desk: Desk
) -> None:
    subject_id = detained(desk, expectedReleaseOn=None)
    assert open_for(desk, subject_id, 4000) == {"aftercare"}
    in_aftercare(desk, subject_id, ends)
    assert [open_for(desk, subject_id, days) for days in (30, 31)] == [{"aftercare"}, set()]
    in_aftercare(desk, subject_id, slip, step="ended")
    assert open_for(desk, subject_id, 4000) == {"aftercare"}


def test_another_step_of_a_trajectory_that_was_a_slip_opens_nothing(desk: Desk) -> None:
    subject_id = detained(desk, expectedReleaseOn=None)
    in_aftercare(desk, subject_id, "trajectories.ended.v1")
    in_aftercare(desk, subject_id, "trajectory-steps.withdrawn.v1", step="intake")
    assert open_for(desk, subject_id, 31) == set()


def test_a_stay_opens_aftercare_unless_its_beginning_was_a_slip(desk: Desk) -> None:
    subject_id = detained(desk, expectedReleaseOn=None)
    in_aftercare(desk, subject_id, "detentions.withdrawn.v1")
    stay = {"stayId": str(UUID(int=7))}
    desk.hear("stays.began.v1", stay, case_id=case_of(desk, subject_id))
    assert open_for(desk, subject_id, 400) == {"aftercare"}
    desk.hear("stay-steps.withdrawn.v1", stay | {"step": "began"}, case_id=case_of(desk, subject_id))
    assert open_for(desk, subject_id, 31) == set()


def test_a_trajectory_keeps_open_what_a_detention_closed(desk: Desk) -> None:
    subject_id = detained(desk, expectedReleaseOn=None)
    in_aftercare(desk, subject_id, "detentions.withdrawn.v1")
    with desk.unit() as unit:
        open_aftercare(HOUSE, case_of(desk, subject_id), UUID(int=7), unit)
    ended = {"trajectoryId": str(UUID(int=7))}
    assert open_for(desk, subject_id, 400) == {"aftercare"}
    desk.hear("trajectories.ended.v1", ended, case_id=case_of(desk, subject_id))
    assert open_for(desk, subject_id, 31) == set()


def test_what_is_open_for_one_of_two_merged_records_is_open_for_both_until_they_are_separated(desk: Desk) -> None:
    piet, slip = desk.notice(**PIET), desk.notice(**SLIP)
    at_table(desk, slip, "table-cases.opened.v1")
    assert open_for(desk, piet) == {"briefing"}
    match = decide(desk, proposed(desk, piet, slip), "merge")
    assert open_for(desk, piet) == open_for(desk, slip) == {"briefing", "focus"}
    separated(desk, match)
    assert (open_for(desk, piet), open_for(desk, slip)) == ({"briefing"}, {"briefing", "focus"})


def test_texts_are_told_only_while_the_purpose_is_open(desk: Desk) -> None:
    subject_id = desk.notice()
    weighed(desk, subject_id, **DECIDED)
    query = ContributionsQuery(case_ids=(case_of(desk, subject_id),), purpose="briefing")
    for last, texts in ((NOW + timedelta(days=30), 1), (NOW + timedelta(days=31), 0)):
        with desk.unit() as unit:
            assert len(disclosed_contributions(TEAM, query, replace(unit, now=partial(min, last, last)))) == texts


def test_whoever_was_known_before_openings_were_kept_is_seen_as_before(desk: Desk) -> None:
    subject_id = desk.notice()
    with psycopg.connect(desk.url) as connection:
        connection.execute("UPDATE subjects SET openings_kept = false")
    assert open_for(desk, subject_id) == {"briefing", "focus", "aftercare"}


def test_a_house_that_does_not_say_how_long_tells_of_every_case(desk: Desk) -> None:
    subject_id = desk.notice()
    with desk.unit() as unit:
        silent = replace(unit, houses={HOUSE.id: replace(HOUSE, readable_days=None)})
        assert disclosed_together(HOUSE.id, [subject_id], to="director", purpose="focus", unit=silent)


def test_of_a_batch_the_last_word_counts(desk: Desk) -> None:
    subject_id = desk.notice()
    with desk.unit() as unit:
        for ended in (True, False, True, False):
            set_briefing(HOUSE, case_of(desk, subject_id), UUID(int=5), unit, ended=ended)
    assert desk.rows("SELECT last_day FROM openings WHERE opened_by = %s", UUID(int=5)) == [(None,)]
