from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.weighing.follow_ups import rules
from services.weighing.follow_ups.rules import (
    AgreedFollowUp,
    AlreadyReported,
    BeforeAgreed,
    FollowUp,
    Lapsed,
    LastDecision,
    NotReported,
    State,
)
from services.weighing.tests.cases import BRIEFING, HOUSE, broken_fields, decision, referral

TODAY = BRIEFING
DUE = date(2015, 3, 24)  # a Tuesday
SETTLED = AgreedFollowUp(what="settle_bilaterally", owner="police", other_partner="prosecutor", due_on=DUE)
ASKED = AgreedFollowUp(what="ask_supervisor", owner="prosecutor", due_on=DUE)
ASKED_ALL = replace(ASKED, what="ask_partner", question="running_there", asked_of="police")
FOLLOW_UP = FollowUp(
    follow_up_id=UUID(int=9), house="house", referral_id=UUID(int=1), tabling=1, agreed_on=BRIEFING, agreed=SETTLED
)


def broken(*agreed: AgreedFollowUp, today: date = TODAY, standing: tuple[AgreedFollowUp, ...] = ()) -> list[str]:
    return [rule.field for rule in rules.broken_rules(agreed, standing, BRIEFING, HOUSE, today)]


@pytest.mark.parametrize(
    "agreed",
    [
        SETTLED,
        ASKED,
        replace(ASKED, what="place_elsewhere", destination="neighbourhood_team"),
        replace(ASKED, what="start_voluntary_trajectory", life_domains=("housing", "debts")),
        replace(ASKED, due_on=BRIEFING),
        ASKED_ALL,
        replace(ASKED, asked_of="neighbourhood_team"),
    ],
)
def test_a_follow_up_names_who_does_what_until_when_and_what_its_kind_asks(agreed: AgreedFollowUp) -> None:
    assert broken(agreed) == []


def test_a_case_goes_to_a_destination_that_needs_consent_only_with_a_ground() -> None:
    there = ["neighbourhood_team", "care_table", None]
    assert [rule.field for rule in rules.without_ground(there, None, HOUSE)] == ["motive"]
    assert not [*rules.without_ground(there, "The client agrees.", HOUSE)]


@pytest.mark.parametrize(
    ("agreed", "differently", "field"),
    [
        (SETTLED, {"what": "sing"}, "what"),
        (SETTLED, {"owner": "nobody"}, "owner"),
        (SETTLED, {"other_partner": "nobody"}, "otherPartner"),
        (SETTLED, {"other_partner": "police"}, "otherPartner"),
        (SETTLED, {"other_partner": None}, "otherPartner"),
        (SETTLED, {"destination": "neighbourhood_team"}, "destination"),
        (SETTLED, {"life_domains": ("housing",)}, "lifeDomains"),
        (ASKED, {"other_partner": "police"}, "otherPartner"),
        (SETTLED, {"question": "running_there"}, "question"),
        (ASKED, {"question": "How is he?"}, "question"),
        (SETTLED, {"asked_of": "prosecutor"}, "askedOf"),
        (ASKED, {"asked_of": "his mother"}, "askedOf"),
        (ASKED, {"asked_of": "prosecutor"}, "askedOf"),
        (ASKED_ALL, {"question": None}, "question"),
        (ASKED_ALL, {"asked_of": None}, "askedOf"),
        (ASKED, {"what": "place_elsewhere"}, "destination"),
        (ASKED, {"what": "place_elsewhere", "destination": "nowhere"}, "destination"),
        (ASKED, {"what": "start_voluntary_trajectory"}, "lifeDomains"),
        (ASKED, {"what": "start_voluntary_trajectory", "life_domains": ("housing", "moon")}, "lifeDomains[1]"),
    ],
)
def test_a_follow_up_with_a_wrong_part_is_refused_at_that_part(
    agreed: AgreedFollowUp, differently: dict[str, Any], field: str
) -> None:
    assert broken(replace(agreed, **differently)) == [f"followUps[0].{field}"]


@pytest.mark.parametrize(
    ("due_on", "today"),
    [
        (date(2015, 3, 9), TODAY),  # before the briefing
        (date(2015, 3, 21), TODAY),  # a Saturday
        (date(2015, 4, 6), TODAY),  # Easter Monday
        (DUE, date(2015, 3, 25)),  # over when a late decision is recorded
    ],
)
def test_a_follow_up_is_due_on_a_working_day_that_is_to_come(due_on: date, today: date) -> None:
    assert broken(replace(ASKED, due_on=due_on), today=today) == ["followUps[0].dueOn"]


def test_a_correction_keeps_a_follow_up_whose_day_is_over() -> None:
    assert broken(ASKED, today=date(2015, 4, 1), standing=(ASKED,)) == []


def test_a_correction_keeps_a_follow_up_of_before_the_house_wanted_to_know_whom_it_is_asked_of() -> None:
    agreed = replace(ASKED_ALL, asked_of=None)
    assert broken(agreed, standing=(agreed,)) == []


def test_the_same_follow_up_twice_is_refused() -> None:
    assert broken(ASKED, SETTLED, ASKED) == ["followUps[2]"]


def test_a_decision_or_a_reason_that_needs_a_follow_up_is_refused_without() -> None:
    due = date(2016, 3, 10)  # the day on which `broken_fields` records
    settled, asked = replace(SETTLED, due_on=due), replace(ASKED, due_on=due)
    settling = decision(decision="settle")
    asking = decision(decision="no_follow_up", reason="asked")
    assert broken_fields(settling) == broken_fields(asking) == ["followUps"]
    assert broken_fields(replace(settling, follow_ups=(asked,))) == ["followUps"]
    assert broken_fields(replace(settling, follow_ups=(settled,))) == []
    assert broken_fields(replace(asking, follow_ups=(settled, asked))) == []


def test_a_report_once_more_changes_nothing_and_another_one_is_a_correction() -> None:
    done = rules.report(FOLLOW_UP, State.DONE, DUE)
    assert (done.state, done.reported_on) == (State.DONE, DUE)
    assert rules.report(done, State.DONE, date(2015, 4, 1)) is done
    with pytest.raises(AlreadyReported):
        rules.report(done, State.NOT_DONE, DUE)
    assert rules.correct(done, State.NOT_DONE, DUE).state is State.NOT_DONE
    with pytest.raises(NotReported):
        rules.correct(FOLLOW_UP, State.DONE, DUE)


def test_what_is_overdue_can_still_be_done_and_what_lapsed_cannot() -> None:
    assert rules.report(replace(FOLLOW_UP, state=State.OVERDUE), State.DONE, DUE).state is State.DONE
    for reported in (rules.report, rules.correct):
        with pytest.raises(Lapsed):
            reported(replace(FOLLOW_UP, state=State.LAPSED), State.DONE, DUE)
    with pytest.raises(BeforeAgreed):
        rules.report(FOLLOW_UP, State.DONE, date(2015, 3, 9))


LAST = LastDecision(referral_id=UUID(int=1), tabling=1, back_on=None, undone=False)
WEEK_AFTER, FAR = date(2015, 3, 31), date(2015, 5, 12)
DECIDED = referral(tabling=1, table_on=None)


@pytest.mark.parametrize(
    ("before", "last", "tabling", "table_on"),
    [
        (DECIDED, LAST, 1, None),
        (DECIDED, replace(LAST, undone=True), 2, WEEK_AFTER),
        # back since the briefing before
        (replace(DECIDED, tabling=2, table_on=DUE), replace(LAST, undone=True), 2, DUE),
        # reported by mistake: off the agenda again
        (replace(DECIDED, tabling=2, table_on=DUE), LAST, 1, None),
        # a deferral comes back earlier when its question is not answered, and on its own day when it is
        (replace(DECIDED, tabling=2, table_on=FAR), replace(LAST, undone=True, back_on=FAR), 2, WEEK_AFTER),
        (replace(DECIDED, tabling=2, table_on=WEEK_AFTER), replace(LAST, back_on=FAR), 2, FAR),
    ],
)
def test_a_referral_with_a_follow_up_that_was_not_done_is_on_the_next_agenda(
    before: Any, last: LastDecision, tabling: int, table_on: date | None
) -> None:
    placed = rules.place(before, last, HOUSE, date(2015, 3, 25))
    assert (placed.tabling, placed.table_on) == (tabling, table_on)
