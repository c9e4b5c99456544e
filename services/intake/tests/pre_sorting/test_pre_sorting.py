"""A referral of some kinds waits until somebody says that it is worrying; then a briefing weighs it."""

from threading import Thread
from typing import Any
from uuid import UUID

import pytest

from services.intake.feedback.handlers import record as record_outcome
from services.intake.feedback.handlers import take_back
from services.intake.feedback.lookups import owed
from services.intake.feedback.messages import FeedbackQuery, FeedbackView, RecordOutcome
from services.intake.openings.handlers import open_cases
from services.intake.pre_sorting.handlers import say_worrying
from services.intake.pre_sorting.lookups import held_back
from services.intake.pre_sorting.messages import HeldBackList, SayWorrying
from services.intake.pre_sorting.rules import AlreadyWeighed, NewerText, NotHeldBack
from services.intake.referrals.handlers import register_by_hand
from services.intake.referrals.messages import ReferralByHand
from services.intake.sealed_referrals.handlers import seal
from services.intake.sealed_referrals.messages import SealReferral
from services.intake.tests.contact_moments.test_contact_moments import WHO, change, record
from services.intake.tests.desk import Desk
from services.intake.tests.given import HOUSE, NOTICE, NOW, POLICE, delivery, message, notice
from services.intake.withdrawals.handlers import withdraw_by_hand
from services.intake.work.lookups import held_back as work
from shared.schemas import StrictSchema, schema_of
from shared.testing.callers import token_caller
from shared.testing.waiting import wait_until

CURRENT = "current-referrals.submitted.v1"
EARLIER, LATER, LAST = (f"2015-06-01T{hour}:00:00+02:00" for hour in ("08", "10", "11"))
COORDINATOR = token_caller("coordinator", HOUSE.id, {"information_coordinator"})
THEA = token_caller("thea", HOUSE.id, {"theme_role"})
OF_STAD = NOTICE["subject"] | {"municipality": "Stad"}
STALKING = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries", "kind": "stalking"}
WORSE = STALKING | {"concern": "other worries"}


def listed(desk: Desk) -> HeldBackList:
    with desk.unit() as unit:
        return held_back(HOUSE.id, unit)


def waiting(desk: Desk) -> UUID:
    """The only referral that waits."""
    [held] = listed(desk).waiting
    return held.referral_id


def say(desk: Desk, referral_id: UUID, *, worrying: bool, **told: Any) -> None:
    with desk.unit() as unit:
        say_worrying(COORDINATOR, referral_id, SayWorrying(worrying=worrying, **told), unit)


def by_hand(desk: Desk, kind: str) -> UUID:
    """A referral by phone."""
    call = {"referrer": "gemeente", "receivedOn": "2015-06-01", "subject": NOTICE["subject"], "concern": "worries"}
    told: ReferralByHand = schema_of(ReferralByHand, StrictSchema).load(call | {"kind": kind})
    with desk.unit() as unit:
        return register_by_hand(HOUSE.id, told, "Ilse", unit)


def told_to_sender(desk: Desk) -> list[dict[str, Any]]:
    """The feedback on the only referral, without what says on which."""
    told = desk.told(POLICE, "feedback.given.v1")
    assert {data.pop("reference") for data in told} == {"C-1"}
    assert len({data.pop("messageId") for data in told}) == 1
    return told


def call_list(desk: Desk) -> list[FeedbackView]:
    with desk.unit() as unit:
        return list(owed(HOUSE.id, FeedbackQuery(), unit).items)


def registered(desk: Desk) -> list[dict[str, Any]]:
    return [event["data"] for event in desk.announced("referrals.registered.v1")]


def test_an_arrest_waits_where_only_worrying_ones_are_weighed(desk: Desk) -> None:
    desk.send(notice(subject=OF_STAD))
    [held] = listed(desk).waiting
    assert (held.kind, held.municipality, held.worrying) == ("arrest_notice", "Stad", None)
    assert registered(desk) == []
    with desk.unit() as unit:
        assert [(item.kind, item.object_id) for item in work(COORDINATOR, unit)] == [
            ("held_back", str(held.referral_id))
        ]
        assert open_cases(HOUSE, "briefing", [held.case_id], unit) == {held.case_id}


@pytest.mark.parametrize(("worrying", "weighed"), [(True, 1), (False, 0)])
def test_a_partner_that_says_so_needs_no_other_to_say_so(desk: Desk, worrying: bool, weighed: int) -> None:
    desk.send(notice(subject=OF_STAD, worrying=worrying))
    desk.send(STALKING | {"worrying": worrying}, type=CURRENT)
    assert len(registered(desk)) == 2 * weighed
    assert len(listed(desk).waiting) == 2 - 2 * weighed


def test_its_sender_hears_that_nobody_weighs_the_referral_and_that_the_team_does_after_all(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    referral_id = waiting(desk)
    say(desk, referral_id, worrying=False)
    say(desk, referral_id, worrying=False)
    assert told_to_sender(desk) == [{"notWeighed": True}]
    say(desk, referral_id, worrying=True)
    assert told_to_sender(desk)[1:] == [{"correction": True, "backOnAgenda": True}]


def test_whoever_phoned_stands_on_the_call_list_until_it_is_told(desk: Desk) -> None:
    referral_id = by_hand(desk, "stalking")
    say(desk, referral_id, worrying=False)
    assert [line.not_weighed for line in call_list(desk)] == [True]
    say(desk, referral_id, worrying=True)
    assert call_list(desk) == [], "nobody was told the wrong thing: there is nothing to put right"


def test_nobody_is_told_that_a_call_is_not_weighed_which_its_caller_says_is_worrying_after_all(desk: Desk) -> None:
    sorting = {"sortedAs": "referral", "kind": "stalking"}
    told = {"partner": "politie", "about": WHO}
    moments = [record(desk, **told | {"text": text}, sorting=sorting) for text in ("one", "two", "three")]
    for moment in moments:
        assert moment.referral_id
        say(desk, moment.referral_id, worrying=False)
    assert [line.not_weighed for line in call_list(desk)] == [True] * 3
    told |= {"because": "It got worse"}
    change(desk, moments[0], text="one", **told, sorting=sorting | {"worrying": True})
    change(desk, moments[1], text="two", **told, sorting={"sortedAs": "referral"})
    change(desk, moments[2], text="He came back", **told, sorting=sorting)
    assert call_list(desk) == []
    assert len(registered(desk)) == 2
    assert waiting(desk) == moments[2].referral_id


@pytest.mark.parametrize(
    ("first", "again", "type"),
    [
        (NOTICE | {"subject": OF_STAD}, {"offence": "murder"}, "arrest-notices.submitted.v1"),
        (STALKING, {"concern": "other worries"}, CURRENT),
    ],
)
def test_what_was_found_not_worrying_and_is_told_otherwise_waits_again(
    desk: Desk, first: dict[str, Any], again: dict[str, Any], type: str
) -> None:
    desk.send(first, type=type)
    referral_id = waiting(desk)
    say(desk, referral_id, worrying=False)
    desk.send(first, type=type, time=LATER)
    assert listed(desk).waiting == ()
    desk.send(first | again, type=type, time=LATER)
    [held] = listed(desk).waiting
    assert (held.referral_id, held.worrying, held.decided_by) == (referral_id, None, COORDINATOR.name)
    with desk.unit() as unit:
        assert open_cases(HOUSE, "briefing", [held.case_id], unit) == {held.case_id}
    say(desk, referral_id, worrying=True)
    assert [told["referralId"] for told in registered(desk)] == [str(referral_id)]


def test_what_was_written_before_and_comes_later_asks_nobody_again(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    say(desk, waiting(desk), worrying=False)
    desk.send(WORSE, type=CURRENT, time=EARLIER)
    assert listed(desk).waiting == ()


def test_who_has_not_read_the_newest_text_is_not_believed(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    [before] = listed(desk).waiting
    desk.send(STALKING, type=CURRENT, time=LATER)
    assert listed(desk).waiting == (before,)
    desk.send(WORSE, type=CURRENT, time=LAST)
    [held] = listed(desk).waiting
    assert (held.since, held.version) == (before.since, before.version + 1)
    for worrying in (True, False):
        with pytest.raises(NewerText):
            say(desk, before.referral_id, worrying=worrying, version=before.version)
    say(desk, before.referral_id, worrying=False, version=held.version)
    assert listed(desk).waiting == ()


def test_a_text_that_comes_while_somebody_says_no_waits_for_a_person_again(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    referral_id = waiting(desk)
    with desk.unit() as unit:
        say_worrying(COORDINATOR, referral_id, SayWorrying(worrying=False), unit)
        unit.flush()
        telling = Thread(target=desk.send, args=(WORSE,), kwargs={"type": CURRENT, "time": LATER})
        telling.start()
        assert wait_until(lambda: desk.rows("SELECT FROM pg_locks WHERE NOT granted") != [], 5)
    telling.join()
    assert waiting(desk) == referral_id


@pytest.mark.parametrize("then", ["nothing", "weighed", "withdrawn", "told otherwise"])
def test_that_nobody_weighs_it_is_owed_again_only_as_long_as_it_is_true(desk: Desk, then: str) -> None:
    sorting = {"sortedAs": "referral", "kind": "stalking"}
    call = record(desk, partner="politie", about=WHO, text="one", sorting=sorting)
    assert call.referral_id
    say(desk, call.referral_id, worrying=False)
    [line] = call_list(desk)
    with desk.unit() as unit:
        record_outcome(COORDINATOR, line.feedback_id, RecordOutcome(told_on=NOW.date()), unit)
    if then == "weighed":
        say(desk, call.referral_id, worrying=True)
    elif then == "withdrawn":
        with desk.unit() as unit:
            withdraw_by_hand(HOUSE.id, call.referral_id, "mistake", by="Ilse", unit=unit)
    elif then == "told otherwise":
        change(desk, call, partner="politie", about=WHO, text="two", sorting=sorting, because="It got worse")
    with desk.unit() as unit:
        take_back(HOUSE.id, line.feedback_id, "somebody else", by="Ilse", unit=unit)
    assert [line.not_weighed for line in call_list(desk)].count(True) == (then == "nothing")


def test_a_yes_brings_the_referral_to_weighing_once(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    referral_id = waiting(desk)
    say(desk, referral_id, worrying=True, because="Derde keer in een week.")
    say(desk, referral_id, worrying=True)
    [told] = registered(desk)
    assert (told["referralId"], told["kind"], told["receivedOn"]) == (str(referral_id), "stalking", "2015-06-01")
    assert told["contributionIds"] == [str(referral_id)]
    assert listed(desk) == HeldBackList(waiting=(), not_worrying=())
    assert "Derde" not in str(desk.rows("SELECT * FROM held_back"))
    with pytest.raises(AlreadyWeighed):
        say(desk, referral_id, worrying=False)


def test_who_has_said_no_may_say_yes_later(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    referral_id = waiting(desk)
    say(desk, referral_id, worrying=False)
    [held] = listed(desk).not_worrying
    assert (held.referral_id, held.decided_by, registered(desk)) == (referral_id, COORDINATOR.name, [])
    say(desk, referral_id, worrying=True)
    assert [told["referralId"] for told in registered(desk)] == [str(referral_id)]


def test_the_partner_may_say_later_that_it_is_worrying(desk: Desk) -> None:
    again = message(STALKING | {"worrying": True}, type=CURRENT, time=LATER)
    desk.take(delivery(message(STALKING, type=CURRENT)), delivery(again))
    assert len(registered(desk)) == 1
    assert desk.rows("SELECT count(*), bool_and(weighed) FROM referrals") == [(1, True)]
    desk.send(STALKING | {"worrying": True}, type=CURRENT, time=LATER)
    assert len(registered(desk)) == 1


def test_what_is_withdrawn_or_never_waited_is_not_for_anybody_to_say(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    referral_id = waiting(desk)
    with desk.unit() as unit:
        withdraw_by_hand(HOUSE.id, referral_id, "mistake", by="Ilse", unit=unit)
    assert listed(desk).waiting == ()
    assert desk.announced("referrals.withdrawn.v1") == []
    assert desk.rows("SELECT count(*) FROM openings WHERE last_day IS NULL") == [(0,)]
    desk.send()
    for (each,) in desk.rows("SELECT referral_id FROM referrals"):
        with pytest.raises(NotHeldBack):
            say(desk, UUID(str(each)), worrying=True)


def test_what_was_sealed_while_it_waited_is_not_for_others_to_say(desk: Desk) -> None:
    desk.send(STALKING, type=CURRENT)
    referral_id = waiting(desk)
    with desk.unit() as unit:
        seal(THEA, SealReferral(referral_id=referral_id, theme="hidden", because="It is recruiting."), unit)
    assert listed(desk).waiting == ()
    with pytest.raises(NotHeldBack):
        say(desk, referral_id, worrying=True)
    desk.send(STALKING | {"worrying": True}, type=CURRENT, time=LATER)
    assert registered(desk) == []


@pytest.mark.parametrize("kind", ["burglary", "arrest_notice"])
def test_a_kind_that_the_house_does_not_have_is_refused_with_what_would_be_right(desk: Desk, kind: str) -> None:
    desk.send(STALKING | {"kind": kind}, type=CURRENT)
    [refused] = desk.told(POLICE, "messages.refused.v1")
    [problem] = refused["problems"]
    assert (problem["field"], problem["code"]) == ("data.kind", "unknown_kind")
    assert problem["reason"].endswith("known are current_referral, stalking")


def test_a_partner_that_names_no_kind_brings_a_current_referral(desk: Desk) -> None:
    desk.send({name: value for name, value in STALKING.items() if name != "kind"}, type=CURRENT)
    assert [told["kind"] for told in registered(desk)] == ["current_referral"]


def test_a_call_has_a_kind_too(desk: Desk) -> None:
    for kind in ("current_referral", "stalking"):
        by_hand(desk, kind)
    assert [told["kind"] for told in registered(desk)] == ["current_referral"]
    [held] = listed(desk).waiting
    assert held.kind == "stalking"
