from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.weighing.decisions.checks import broken_rules
from services.weighing.decisions.client import ClientAtTable
from services.weighing.decisions.rules import Decision, next_place, weigh
from services.weighing.decisions.taking_back import (
    CorrectionTooLate,
    ForTheChair,
    ForTheTeam,
    check_in_days,
    check_taker,
)
from services.weighing.follow_ups.rules import AgreedFollowUp
from services.weighing.guards.rules import Guard
from services.weighing.information_requests.rules import InformationRequest
from services.weighing.tests.cases import BRIEFING, HOUSE, broken, broken_fields, decision, deferral, referral
from shared.web import Caller

TAKERS = ("weighing_team", "information_coordinator")
EARLIER = {"received_on": date(2015, 2, 26), "table_on": date(2015, 3, 3)}
RECORDED = ("chair", datetime(2015, 3, 10, 15, tzinfo=UTC))


def test_a_decision_that_keeps_the_rules_is_not_refused() -> None:
    assert broken_fields(decision()) == []


def test_what_a_guard_says_since_then_stops_no_correction_that_takes_the_case_to_the_same_place() -> None:
    wrong = decision(decision="focus", criteria=("several_life_domains",))
    guards = [Guard(code="chamber", effect="ask_first", check="asked")]

    def refused(right: Decision, corrected: Decision | None) -> list[str]:
        day = date(2016, 3, 10)
        return [rule.field for rule in broken_rules(referral(), right, [], HOUSE, day, guards, corrected)]

    assert refused(wrong, None) == refused(wrong, deferral()) == ["decision"]
    assert refused(replace(wrong, motive="Mended"), wrong) == []
    assert broken_fields(deferral()) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (decision(decision="hang"), "decision"),
        (decision(decision="no_follow_up", reason="no_idea"), "reason"),
        (decision(legal_ground="gut_feeling"), "legalGround"),
        (decision(criteria=("several_life_domains", "looks_bad")), "criteria[1]"),
        (decision(attendees=("police", "prosecutor", "neighbour")), "attendees[2]"),
        (decision(attendees=("police", "prosecutor", "x"), information_used=("police",)), "attendees[2]"),
        (decision(decision="no_follow_up", reason="not_fitting", rerouted_to="elsewhere"), "reroutedTo"),
        (decision(decision="escalate", escalated_to="king"), "escalatedTo"),
    ],
)
def test_a_code_that_the_house_does_not_know_is_refused(given: Decision, field: str) -> None:
    assert [(rule.field, rule.code) for rule in broken(given)] == [(field, "unknown_code")]


def test_an_unknown_code_is_told_with_the_codes_that_are_known() -> None:
    [rule] = broken(decision(decision="escalate", escalated_to="king"))
    assert str(rule) == "is not known to this house; known are mayor"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = decision(legal_ground="gut_feeling", attendees=("police",), reason="informed")
    assert sorted(broken_fields(wrong)) == ["attendees", "legalGround", "reason"]


def test_a_decision_that_needs_a_reason_is_refused_without() -> None:
    assert broken_fields(decision(decision="no_follow_up")) == ["reason"]


def test_a_reason_does_not_go_with_another_decision() -> None:
    assert broken_fields(decision(decision="bilateral", reason="informed")) == ["reason"]


def test_a_referral_that_belongs_elsewhere_needs_to_be_told_where() -> None:
    elsewhere = decision(decision="no_follow_up", reason="not_fitting")
    assert broken_fields(elsewhere) == ["reroutedTo"]
    assert (
        broken_fields(decision(decision="no_follow_up", reason="not_fitting", rerouted_to="neighbourhood_team")) == []
    )


def test_nothing_goes_to_a_destination_that_needs_consent_without_a_ground() -> None:
    there = decision(decision="no_follow_up", reason="not_fitting", rerouted_to="care_table")
    assert broken_fields(there) == ["motive"]
    assert broken_fields(replace(there, motive="The client agrees.")) == []
    placed = AgreedFollowUp(what="place_elsewhere", owner="police", destination="care_table", due_on=date(2015, 3, 17))
    both = replace(there, follow_ups=(placed,))
    assert "motive" in broken_fields(replace(both, rerouted_to="neighbourhood_team"))
    asked = replace(placed, what="ask_supervisor", destination=None, asked_of="care_table")
    assert "motive" in broken_fields(replace(both, rerouted_to="neighbourhood_team", follow_ups=(asked,)))


def test_a_destination_does_not_go_with_another_reason() -> None:
    assert broken_fields(decision(rerouted_to="neighbourhood_team")) == ["reroutedTo"]


def test_an_escalation_needs_to_be_told_to_whom() -> None:
    assert broken_fields(decision(decision="escalate")) == ["escalatedTo"]
    assert broken_fields(decision(decision="escalate", escalated_to="mayor")) == []
    assert broken_fields(decision(escalated_to="mayor")) == ["escalatedTo"]


def test_a_table_asks_a_criterion_of_its_frameworks() -> None:
    assert broken_fields(decision(decision="focus")) == ["criteria"]
    assert broken_fields(decision(decision="focus", criteria=("of_the_theme",))) == ["criteria"]
    assert broken_fields(decision(decision="focus", criteria=("several_life_domains",))) == []
    assert broken_fields(decision(decision="theme", criteria=("several_life_domains",))) == ["criteria"]
    assert broken_fields(decision(decision="theme", criteria=("of_the_theme",))) == []


def test_the_regional_criterion_alone_is_enough_where_the_table_asks_that_framework() -> None:
    assert broken_fields(decision(decision="focus", criteria=("municipality_lacks_means",))) == []


def test_a_legal_ground_is_one_on_the_days_on_which_it_is_in_force() -> None:
    assert broken_fields(decision(legal_ground="new_act")) == []
    assert broken_fields(decision(legal_ground="old_act")) == ["legalGround"]
    assert broken_fields(decision(legal_ground="new_act", briefing_on=date(2015, 3, 3)), **EARLIER) == ["legalGround"]
    assert broken_fields(decision(legal_ground="old_act", briefing_on=date(2015, 3, 3)), **EARLIER) == []


def test_information_is_used_of_partners_at_the_table_and_of_those_that_were_asked_and_answered() -> None:
    asked = InformationRequest(
        request_id=UUID(int=9), referral_id=UUID(int=1), partner="town-north", answer_by=date(2015, 3, 9)
    )
    answered = replace(asked, answered_on=date(2015, 3, 10), involved=())
    late = replace(asked, answered_on=date(2015, 3, 11), involved=())
    assert broken_fields(decision(information_used=("police",))) == []
    used = decision(information_used=("prosecutor", "town-north"))
    assert broken_fields(used, answered) == []
    assert [rule.code for rule in broken(used)] == ["not_asked"]
    for request in (asked, late):
        assert [(rule.field, rule.code) for rule in broken(used, request)] == [("informationUsed[1]", "not_answered")]


def test_a_table_without_families_takes_persons_alone() -> None:
    assert broken_fields(decision(decision="aftercare")) == []
    assert broken_fields(decision(decision="aftercare"), family=True) == ["decision"]
    assert broken_fields(decision(decision="youth"), family=True, age_class="unknown") == []


def test_the_aftercare_table_needs_no_criterion_of_the_national_framework() -> None:
    assert broken_fields(decision(decision="aftercare")) == []


@pytest.mark.parametrize("attendees", [(), ("police",), ("police", "police"), ("police", "visitor", "other-visitor")])
def test_fewer_than_two_core_or_covenant_partners_cannot_decide(attendees: tuple[str, ...]) -> None:
    assert broken_fields(decision(attendees=attendees)) == ["attendees"]


def test_a_guest_may_sit_in() -> None:
    assert broken_fields(decision(attendees=("police", "prosecutor", "visitor"))) == []


def test_a_decision_before_the_referral_was_received_is_refused() -> None:
    assert broken_fields(decision(briefing_on=date(2015, 3, 4))) == ["briefingOn"]


def test_a_decision_before_the_referral_is_on_the_agenda_is_refused() -> None:
    assert broken_fields(decision(briefing_on=date(2015, 3, 9))) == ["briefingOn"]


def test_a_referral_that_was_not_reached_can_be_decided_on_at_a_later_briefing() -> None:
    assert broken_fields(decision(briefing_on=date(2015, 3, 17))) == []


@pytest.mark.parametrize("day", [date(2015, 3, 15), date(2015, 3, 16), date(2015, 3, 19), date(2015, 5, 5)])
def test_a_briefing_is_on_no_sunday_and_no_other_day_than_that_of_the_sub_region(day: date) -> None:
    [rule] = broken(decision(briefing_on=day))
    assert (rule.field, rule.code) == ("briefingOn", "no_briefing_day")


def test_a_briefing_on_a_holiday_is_held_on_the_next_working_day() -> None:
    assert broken_fields(decision(briefing_on=date(2015, 5, 6))) == []


def test_a_decision_of_a_briefing_that_is_still_to_come_is_refused() -> None:
    assert broken_fields(decision(briefing_on=date(2016, 3, 11))) == ["briefingOn"]


def test_a_decision_leads_to_the_table_that_the_profile_names() -> None:
    weighed = weigh(referral(), decision(decision="focus", criteria=("several_life_domains",)), HOUSE, *RECORDED)
    assert (weighed.tabling, weighed.opens_table, weighed.back_on) == (1, "focus", None)


def test_a_referral_that_the_team_is_done_with_leaves_the_agenda() -> None:
    weighed = weigh(referral(), decision(), HOUSE, *RECORDED)
    assert next_place(referral(), weighed) == referral(table_on=None)


def test_a_deferred_referral_comes_back_at_the_next_briefing() -> None:
    weighed = weigh(referral(), deferral(), HOUSE, *RECORDED)
    assert next_place(referral(), weighed) == referral(tabling=2, table_on=date(2015, 3, 17))


def test_a_deferred_referral_comes_back_at_the_first_briefing_from_the_day_that_the_team_named() -> None:
    weighed = weigh(referral(), deferral(comes_back_on=date(2015, 4, 1)), HOUSE, *RECORDED)
    assert weighed.back_on == date(2015, 4, 7)


@given(st.dates(date(2015, 3, 11), date(2016, 3, 10)))
def test_a_deferred_referral_never_comes_back_before_the_day_that_the_team_named(named: date) -> None:
    weighed = weigh(referral(), deferral(comes_back_on=named), HOUSE, *RECORDED)
    assert weighed.back_on is not None
    assert weighed.back_on >= named > BRIEFING


@pytest.mark.parametrize("named", [BRIEFING, date(2015, 3, 3), date(2017, 1, 1), date.max])
def test_a_referral_cannot_come_back_in_the_past_nor_years_later(named: date) -> None:
    assert broken_fields(deferral(comes_back_on=named)) == ["comesBackOn"]


def test_a_day_to_come_back_does_not_go_with_another_reason() -> None:
    informed = decision(decision="no_follow_up", reason="informed", comes_back_on=date(2015, 4, 1))
    assert broken_fields(informed) == ["comesBackOn"]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"age_class": "under_18"}, []),
        ({"age_class": None}, []),
        ({"age_class": "18_to_23"}, ["decision"]),
        ({"age_class": "under_18", "municipality": "Zuidstad"}, ["decision"]),
        ({"age_class": "unknown", "municipality": "Zuidstad"}, ["decision", "decision"]),
    ],
)
def test_a_table_takes_cases_of_its_municipalities_and_age_classes_alone(
    about: dict[str, Any], expected: list[str]
) -> None:
    assert broken_fields(decision(decision="youth"), **about) == expected


def test_the_team_takes_a_decision_back_for_some_days_if_the_house_says_how_many() -> None:
    at_once, in_a_week = datetime(2015, 3, 10, 14, tzinfo=UTC), date(2015, 3, 17)
    strict = replace(HOUSE, correction_days=7)
    check_in_days(BRIEFING, at_once, HOUSE, date(2026, 1, 1))
    for first_recorded in (at_once, None):
        check_in_days(BRIEFING, first_recorded, strict, in_a_week)
        with pytest.raises(CorrectionTooLate, match="2015-03-17"):
            check_in_days(BRIEFING, first_recorded, strict, in_a_week + timedelta(days=1))


def taker(function: str) -> Caller:
    who = {"id": function, "name": function, "house": "h", "organisation": "h", "origin": "token-file"}
    return Caller(**who, roles=frozenset({function}))


def test_every_member_of_the_team_takes_decisions_back_unless_the_house_leaves_it_to_the_chair() -> None:
    member, coordinator = (taker(each) for each in TAKERS)
    check_taker(member, [], HOUSE)
    with pytest.raises(ForTheTeam):
        check_taker(coordinator, [], HOUSE)
    with pytest.raises(ForTheChair):
        check_taker(member, [], replace(HOUSE, chair_corrects=True))


def test_the_days_of_a_decision_that_was_recorded_late_begin_when_it_was() -> None:
    strict, late = replace(HOUSE, correction_days=7), datetime(2016, 1, 4, 23, 30, tzinfo=UTC)
    check_in_days(BRIEFING, late, strict, date(2016, 1, 12))
    with pytest.raises(CorrectionTooLate, match="2016-01-12"):
        check_in_days(BRIEFING, late, strict, date(2016, 1, 13))


def test_a_criterion_has_one_finding() -> None:
    looked_at = {"criteria_not_met": ("of_the_theme",), "criteria_unknown": ("municipality_lacks_means",)}
    assert broken_fields(decision(**looked_at)) == []
    twice = decision(decision="focus", criteria=("several_life_domains",), criteria_unknown=("several_life_domains",))
    assert [(rule.field, rule.code) for rule in broken(twice)] == [("criteriaUnknown[0]", "criterion_twice")]
    assert broken_fields(decision(**looked_at | {"criteria_not_met": ("looks_bad",)})) == ["criteriaNotMet[0]"]
    both = looked_at | {"criteria_not_met": ("municipality_lacks_means",)}
    assert broken_fields(decision(**both)) == ["criteriaUnknown[0]"]


def test_what_is_only_not_met_or_unknown_does_not_bring_a_case_to_a_table() -> None:
    assert broken_fields(decision(decision="focus", criteria_unknown=("several_life_domains",))) == ["criteria"]


def test_the_client_is_weighed_with_a_decision_that_brings_the_case_to_a_table() -> None:
    client = ClientAtTable(wanted=False, contra_indications=("red_rag", "safety_risk"), case_holder_consulted=True)
    assert broken_fields(decision(decision="aftercare", client_at_table=client)) == []
    assert broken_fields(decision(client_at_table=client)) == ["clientAtTable"]
    twice = ClientAtTable(wanted=True, contra_indications=("red_rag", "red_rag"))
    assert broken_fields(decision(decision="aftercare", client_at_table=twice)) == [
        "clientAtTable.contraIndications[1]"
    ]
