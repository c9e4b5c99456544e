"""What a referrer that called or wrote is told by a person, on a real database."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from services.intake import metrics
from services.intake.contact_moments.handlers import record as record_call
from services.intake.contact_moments.lookups import caller_of
from services.intake.contact_moments.messages import FeedbackCaller, OutsideProfessional, RecordContactMoment, Sorting
from services.intake.feedback import handlers, lookups
from services.intake.feedback.messages import FeedbackQuery, FeedbackView, RecordOutcome
from services.intake.feedback.rules import (
    AlreadyRecorded,
    News,
    NoLongerOwed,
    NothingRecorded,
    UnknownFeedback,
    due_day,
)
from services.intake.referrals.handlers import register_by_hand
from services.intake.referrals.messages import ReferralByHand
from services.intake.subjects.messages import AboutWhom
from services.intake.tests.desk import Desk
from services.intake.tests.given import NOTICE, NOW, POLICE, PROSECUTOR, person
from services.intake.withdrawals.handlers import withdraw_by_hand
from shared.testing.callers import token_caller

TODAY = NOW.date()


@pytest.fixture
def called(desk: Desk) -> str:
    """A referral by phone."""
    by_hand = ReferralByHand(
        referrer="politie", received_on=date(2014, 12, 31), subject=person(), concern="worries", reference="PL-1"
    )
    with desk.unit() as unit:
        return str(register_by_hand("noord", by_hand, "officer", unit))


def weighed(desk: Desk, referral_id: str, *, corrected: bool = False, **decision: Any) -> None:
    told = {"decision": "no_follow_up", "reason": "informed", "briefingOn": "2015-05-26", "tabling": 1, **decision}
    type = "decisions.corrected.v1" if corrected else "referrals.weighed.v1"
    desk.hear(type, {"referralId": referral_id, **told, **({"correctedOn": "2015-06-01"} if corrected else {})})


def withdrawn(desk: Desk, referral_id: str) -> None:
    desk.hear("decisions.withdrawn.v1", {"referralId": referral_id, "tabling": 1, "withdrawnOn": "2015-06-01"})


def owed(desk: Desk, **query: Any) -> list[FeedbackView]:
    with desk.unit() as unit:
        return list(lookups.owed("noord", FeedbackQuery(**query), unit).items)


def news(desk: Desk) -> list[News]:
    return [
        News(decision=each.decision, correction=each.correction, back_on_agenda=each.back_on_agenda)
        for each in owed(desk)
    ]


def test_a_referrer_that_gets_no_feedback_by_message_is_told_by_a_person(desk: Desk) -> None:
    referral = {"reference": "OM-1", "subject": NOTICE["subject"], "concern": "worries"}
    desk.send(referral, PROSECUTOR, type="current-referrals.submitted.v1")
    [(referral_id,)] = desk.rows("SELECT referral_id::text FROM referrals")
    weighed(desk, referral_id)
    [feedback] = owed(desk)
    assert (feedback.referrer, feedback.decision, feedback.contact_moment_id) == ("om", "no_follow_up", None)
    assert desk.told(PROSECUTOR, "feedback.given.v1") == []
    assert desk.parked() == []


def record(
    desk: Desk, feedback_id: UUID, told_on: date | None = TODAY, house: str = "noord", because: str | None = None
) -> None:
    caller = token_caller("officer", house, {"intake_officer"})
    with desk.unit() as unit:
        handlers.record(caller, feedback_id, RecordOutcome(told_on=told_on, because=because), unit=unit)


def tell(desk: Desk) -> UUID:
    """The referrer hears the one thing that is owed."""
    [feedback] = owed(desk)
    record(desk, feedback.feedback_id)
    return feedback.feedback_id


def test_who_called_is_owed_the_decision_within_two_working_days_and_gets_no_message(desk: Desk, called: str) -> None:
    assert owed(desk) == [], "nothing is decided yet"
    weighed(desk, called, reason="not_fitting", reroutedTo="neighbourhood_team")
    [feedback] = owed(desk)
    assert (feedback.referrer, feedback.rerouted_to, feedback.due_on) == (
        "politie",
        "neighbourhood_team",
        TODAY + timedelta(days=2),
    )
    assert not feedback.overdue
    assert desk.announced("noord.politie") == []
    assert desk.parked() == []


def test_of_a_call_the_feedback_says_where_it_stands_who_called_and_of_which_municipality_it_is(desk: Desk) -> None:
    about = AboutWhom(family_name="Jansen", municipality="Dorp")
    call = RecordContactMoment(text="Hij slaapt in zijn auto.", partner="politie", about=about)
    with desk.unit() as unit:
        moment = record_call("noord", replace(call, sorting=Sorting(sorted_as="referral")), "officer", unit)
    weighed(desk, str(moment.referral_id))
    assert [(each.contact_moment_id, each.municipality) for each in owed(desk)] == [(moment.contact_moment_id, "Dorp")]


def test_whoever_tells_the_caller_sees_whom_to_ring_and_what_was_told_in_the_call_not(desk: Desk) -> None:
    about = AboutWhom(family_name="Jansen", municipality="Dorp")
    coach = OutsideProfessional(organisation="Wijkteam Noord", name="A. Yilmaz", phone="071 5165000")
    call = RecordContactMoment(text="Hij slaapt in zijn auto.", partner="politie", outside=coach, about=about)
    with desk.unit() as unit:
        moment = record_call("noord", replace(call, sorting=Sorting(sorted_as="referral")), "officer", unit)
    weighed(desk, str(moment.referral_id))
    [feedback] = owed(desk)
    with desk.unit() as unit:
        assert caller_of("noord", feedback, unit) == FeedbackCaller(outside=coach)
        assert caller_of("zuid", feedback, unit) == FeedbackCaller(outside=None)
        assert caller_of("noord", replace(feedback, contact_moment_id=None), unit) == FeedbackCaller(outside=None)


def test_who_called_is_not_owed_again_what_it_heard(desk: Desk, called: str) -> None:
    weighed(desk, called)
    tell(desk)
    weighed(desk, called, corrected=True, toldAlready=True)
    assert owed(desk) == []


def test_who_sent_a_message_is_owed_nothing_by_people(desk: Desk) -> None:
    desk.send()
    [(referral_id,)] = desk.rows("SELECT referral_id::text FROM referrals")
    weighed(desk, referral_id)
    assert owed(desk) == []


def test_once_told_nothing_is_owed_and_who_told_it_is_on_record(desk: Desk, called: str) -> None:
    weighed(desk, called)
    feedback_id = tell(desk)
    record(desk, feedback_id)
    assert owed(desk) == []
    with desk.unit() as unit:
        [told] = lookups.told("noord", unit).items
    assert (told.outcome, told.told_on, told.recorded_by) == ("given", TODAY, "officer")


def test_a_referrer_that_cannot_be_reached_is_on_record_as_such(desk: Desk, called: str) -> None:
    weighed(desk, called)
    feedback_id = owed(desk)[0].feedback_id
    record(desk, feedback_id, None, because="Zij werkt er niet meer.")
    assert owed(desk) == []
    with desk.unit() as unit:
        [told] = lookups.told("noord", unit).items
        assert told == lookups.feedback("noord", feedback_id, unit)
    assert (told.outcome, told.told_on, told.because) == ("impossible", None, "Zij werkt er niet meer.")
    assert "werkt" not in str(desk.rows("SELECT * FROM feedback_reasons CROSS JOIN sealed_texts"))
    with desk.unit() as unit:
        handlers.take_back("noord", feedback_id, "Toch wel.", by="officer", unit=unit)
    with desk.unit() as unit:
        assert lookups.feedback("noord", feedback_id, unit).because is None


def test_what_is_not_told_within_two_working_days_is_overdue_in_the_list_and_the_figure(
    desk: Desk, called: str
) -> None:
    weighed(desk, called)
    for days, count in ((2, 0), (3, 1)):
        with desk.unit() as unit:
            moment = NOW + timedelta(days=days)
            later = replace(unit, now=partial(max, moment, moment))
            assert [each.overdue for each in lookups.owed("noord", FeedbackQuery(), later).items] == [bool(count)]
            lookups.count_overdue(later)
        counted = [sample.value for metric in metrics.FEEDBACK_OVERDUE.collect() for sample in metric.samples]
        assert sum(counted) == count


def test_of_two_referrers_on_one_subject_each_hears_of_its_own_referral(desk: Desk, called: str) -> None:
    desk.send()
    [(by_message,)] = desk.rows("SELECT referral_id::text FROM referrals WHERE message_id IS NOT NULL")
    second = ReferralByHand(referrer="gemeente", received_on=TODAY, subject=person(), concern="worries")
    with desk.unit() as unit:
        referrals = (called, by_message, str(register_by_hand("noord", second, "officer", unit)))
    for referral_id in referrals:
        weighed(desk, referral_id)
    assert sorted(each.referrer for each in owed(desk)) == ["gemeente", "politie"]
    assert len(desk.told(POLICE, "feedback.given.v1")) == 1


def test_of_a_referral_that_is_deferred_twice_the_newest_day_is_told(desk: Desk, called: str) -> None:
    weighed(desk, called, reason="deferred", comesBackOn="2015-06-02")
    weighed(desk, called, reason="deferred", comesBackOn="2015-06-09", briefingOn="2015-06-02")
    assert [each.comes_back_on for each in owed(desk)] == [date(2015, 6, 9)]
    tell(desk)
    weighed(desk, called, reason="deferred", comesBackOn="2015-06-16", briefingOn="2015-06-09")
    assert [each.comes_back_on for each in owed(desk)] == [date(2015, 6, 16)]


def test_an_outcome_that_was_recorded_by_mistake_is_taken_back_and_stays_on_record(desk: Desk, called: str) -> None:
    weighed(desk, called)
    feedback_id = tell(desk)
    with pytest.raises(AlreadyRecorded):
        record(desk, feedback_id, TODAY - timedelta(days=1))
    with desk.unit() as unit:
        handlers.take_back("noord", feedback_id, "typed wrong", by="other officer", unit=unit)
    assert [each.feedback_id for each in owed(desk)] == [feedback_id]
    assert desk.rows("SELECT outcome, recorded_by, taken_back_by FROM feedback_taken_back") == [
        ("given", "officer", "other officer")
    ]
    with pytest.raises(NothingRecorded), desk.unit() as unit:
        handlers.take_back("noord", feedback_id, "typed wrong", by="officer", unit=unit)


def test_feedback_of_another_house_does_not_exist(desk: Desk, called: str) -> None:
    weighed(desk, called)
    with pytest.raises(UnknownFeedback):
        record(desk, owed(desk)[0].feedback_id, house="zuid")


def test_a_deferral_that_nobody_told_yet_gives_way_to_the_next_decision(desk: Desk, called: str) -> None:
    weighed(desk, called, reason="deferred", comesBackOn="2015-06-02")
    [deferral] = owed(desk)
    weighed(desk, called, decision="focus", reason=None, briefingOn="2015-06-02")
    assert news(desk) == [News(decision="focus")]
    with pytest.raises(NoLongerOwed):
        record(desk, deferral.feedback_id)


def test_who_was_told_of_a_deferral_is_told_the_next_decision_too(desk: Desk, called: str) -> None:
    weighed(desk, called, reason="deferred", comesBackOn="2015-06-02")
    tell(desk)
    weighed(desk, called, decision="focus", reason=None, briefingOn="2015-06-02")
    assert news(desk) == [News(decision="focus")]


def test_who_heard_a_wrong_decision_is_told_that_it_was_wrong(desk: Desk, called: str) -> None:
    weighed(desk, called)
    tell(desk)
    weighed(desk, called, corrected=True, decision="focus", reason=None)
    assert news(desk) == [News(decision="focus", correction=True)]
    weighed(desk, called, corrected=True, decision="bilateral", reason=None)
    assert news(desk) == [News(decision="bilateral", correction=True)], "the first correction was never told"


def test_who_did_not_hear_the_wrong_decision_is_told_the_right_one_alone(desk: Desk, called: str) -> None:
    weighed(desk, called)
    weighed(desk, called, corrected=True, decision="focus", reason=None)
    assert news(desk) == [News(decision="focus")]


def test_a_withdrawn_decision_is_told_to_who_heard_it_and_to_nobody_else(desk: Desk, called: str) -> None:
    weighed(desk, called)
    withdrawn(desk, called)
    assert owed(desk) == []
    weighed(desk, called)
    tell(desk)
    withdrawn(desk, called)
    assert news(desk) == [News(correction=True, back_on_agenda=True)]


def test_who_withdrew_a_referral_is_told_that_the_decision_was_withdrawn_and_not_that_the_team_decides_anew(
    desk: Desk, called: str
) -> None:
    weighed(desk, called)
    tell(desk)
    with desk.unit() as unit:
        withdraw_by_hand("noord", UUID(called), "Misverstand.", by="officer", unit=unit)
    withdrawn(desk, called)
    assert news(desk) == [News(correction=True)]


@pytest.mark.parametrize(
    ("decided_on", "due_on"),
    [
        (date(2015, 3, 10), date(2015, 3, 12)),
        (date(2015, 3, 13), date(2015, 3, 17)),
        (date(2015, 4, 2), date(2015, 4, 8)),
        (date(2015, 12, 24), date(2015, 12, 29)),
    ],
)
def test_two_working_days_leave_out_weekends_and_holidays(decided_on: date, due_on: date) -> None:
    assert due_day(decided_on) == due_on
