"""Guards: what another platform says, and whether a case may go to a table of the house."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from services.weighing.guards.rules import Guard, SaidBefore, guards_of, refusing
from services.weighing.house import DecisionRule, GuardRule, InformationService
from services.weighing.information_requests.rules import (
    AnswerCode,
    AskedService,
    InformationRequest,
    ServiceAnswer,
    Supplement,
)
from services.weighing.tests.cases import HOUSE, referral

LOCAL = GuardRule(effect="ask_first", service="local", municipalities=frozenset({"Noordstad"}))
RUNNING = GuardRule(effect="no_own_action", service="safe_home")
WHERE = GuardRule(effect="decide_where", service="care_network")
PLACE = GuardRule(effect="route_to", destination="council", ages=frozenset({"under_18"}), youth_institution=True)
GUARDED = replace(HOUSE, guards={"local": LOCAL, "safe_home": RUNNING, "care_network": WHERE, "council": PLACE})
ADULT = referral(age_class="23_and_over")
ALL_PLACES = ["safe_home", "care_network"]
MINOR_ELSEWHERE = replace(ADULT, municipality="Zuidstad", age_class="under_18")


def asked(service: str, answer: AnswerCode | None = None, **differently: object) -> InformationRequest:
    request = InformationRequest(
        request_id=uuid4(),
        referral_id=ADULT.referral_id,
        partner="town-north",
        answer_by=date(2015, 3, 9),
        asked=(AskedService(service=service),),
    )
    if answer:
        said = (ServiceAnswer(service=service, answer=answer),)
        request = replace(request, answered_on=date(2015, 3, 9), involved=(), services=said)
    return replace(request, **differently)  # type: ignore[arg-type]


def standing(*requests: InformationRequest, overridden: str = "") -> dict[str, Guard]:
    return {guard.code: guard for guard in guards_of(ADULT, requests, {overridden}, GUARDED)}


TABLE = DecisionRule(opens_table="focus", own_action=True)


def refused(*requests: InformationRequest, overridden: str = "", decision: DecisionRule = TABLE) -> list[str]:
    return [rule.code for rule in refusing(list(standing(*requests, overridden=overridden).values()), decision)]


def test_a_guard_stands_for_the_referrals_that_it_names_whether_its_platform_was_asked_or_not() -> None:
    assert {code: guard.check for code, guard in standing(asked("safe_home")).items()} == {
        "local": "not_asked",
        "safe_home": "asked",
        "care_network": "not_asked",
    }
    assert [guard.code for guard in guards_of(MINOR_ELSEWHERE, [], (), GUARDED)] == [*ALL_PLACES, "council"]


def test_a_platform_that_was_not_asked_and_need_not_be_refuses_nothing() -> None:
    assert refused(asked("local", "nothing_known")) == []


def test_a_guard_of_minors_may_stand_for_whoever_is_in_a_youth_institution() -> None:
    young = replace(MINOR_ELSEWHERE, age_class="18_to_23", youth_institution=True)
    by_age_alone = replace(GUARDED, guards={"council": replace(PLACE, youth_institution=False)})
    assert [guard.code for guard in guards_of(young, [], (), GUARDED)] == [*ALL_PLACES, "council"]
    assert guards_of(young, [], (), by_age_alone) == []
    outside = guards_of(replace(young, youth_institution=False), [], (), GUARDED)
    assert [guard.code for guard in outside] == ALL_PLACES


@pytest.mark.parametrize(
    ("request_", "check", "expected"),
    [
        (None, "not_asked", ["platform_not_asked"]),
        (asked("local"), "asked", ["platform_not_asked"]),
        (asked("local", void_on=date(2015, 3, 10)), "unanswered", ["platform_not_asked"]),
        (asked("local", "known"), "running_there", ["running_elsewhere"]),
        (asked("local", "nothing_known"), "not_there", []),
        (asked("local", "may_not_share"), "may_not_say", []),
        (asked("local", answered_on=date(2015, 3, 9), involved=("housing",)), "not_said", ["platform_not_asked"]),
    ],
)
def test_a_platform_that_is_asked_first_keeps_a_case_from_a_table_until_it_has_not_taken_it(
    request_: InformationRequest | None, check: str, expected: list[str]
) -> None:
    requests = [request_] if request_ else []
    assert standing(*requests)["local"].check == check
    assert refused(*requests) == expected


@pytest.mark.parametrize(("answer", "expected"), [("known", ["running_elsewhere"]), ("nothing_known", [])])
def test_while_a_case_is_at_a_platform_the_house_takes_no_action_of_its_own(
    answer: AnswerCode, expected: list[str]
) -> None:
    assert refused(asked("local", "nothing_known"), asked("safe_home", answer)) == expected


def test_what_runs_at_a_platform_keeps_partners_from_acting_and_one_that_takes_cases_from_a_table_alone() -> None:
    acts = DecisionRule(own_action=True)
    both = asked("local", "known"), asked("safe_home", "known")
    assert refused(*both, decision=acts) == ["running_elsewhere"]
    assert refused(*both, overridden="safe_home", decision=acts) == []
    assert refused(*both, decision=DecisionRule(needs_reason=True)) == []


def test_where_to_take_it_up_is_shown_and_refuses_nothing() -> None:
    assert refused(asked("local", "nothing_known"), asked("care_network", "known")) == []


def test_what_is_overridden_refuses_nothing() -> None:
    assert refused(asked("local", "known"), overridden="local") == []


def test_of_two_platforms_that_both_have_the_case_each_is_overridden_or_it_goes_to_no_table() -> None:
    both = asked("local", "known"), asked("safe_home", "known")
    assert refused(*both) == ["running_elsewhere", "running_elsewhere"]
    assert refused(*both, overridden="local") == ["running_elsewhere"]


def test_the_last_answer_counts_also_one_that_was_supplemented() -> None:
    changed = Supplement(
        supplemented_on=date(2015, 3, 10),
        services=(ServiceAnswer(service="local", answer="nothing_known"),),
        late=False,
    )
    assert refused(asked("local", "known", supplements=(changed,))) == []
    assert refused(asked("local", "nothing_known"), asked("local", "known")) == ["running_elsewhere"]


EARLIER = UUID(int=9)
"""Another referral on the same person."""


def said_earlier(answer: AnswerCode, on: int = 2, partner: str = "town-north") -> InformationRequest:
    day = date(2015, 3, on)
    return asked("safe_home", answer, referral_id=EARLIER, partner=partner, answered_on=day)


def test_what_runs_at_a_platform_by_an_earlier_referral_on_the_person_keeps_the_house_from_acting_on_the_next() -> None:
    before = said_earlier("known")
    for requests in (
        [before],
        [before, asked("safe_home")],
        [before, asked("safe_home", "may_not_share", partner="x")],
    ):
        guard = standing(*requests)["safe_home"]
        assert guard.check == "running_there"
        assert guard.said_before == SaidBefore(referral_id=EARLIER, partner="town-north", said_on=date(2015, 3, 2))
        assert "running_elsewhere" in refused(*requests)


def test_the_newest_answer_of_the_same_partner_counts_on_whichever_referral_it_was_given() -> None:
    here = standing(said_earlier("known"), asked("safe_home", "nothing_known"))["safe_home"]
    assert (here.check, here.said_before) == ("not_there", None)
    of_the_other = standing(said_earlier("nothing_known", 20), asked("safe_home", "known"))["safe_home"]
    assert of_the_other.said_before == SaidBefore(referral_id=EARLIER, partner="town-north", said_on=date(2015, 3, 20))
    assert of_the_other.check == "not_there"
    by_two = said_earlier("known"), said_earlier("nothing_known", 4, "town-south")
    assert standing(*by_two)["safe_home"].check == "running_there", "of another partner"


def test_a_platform_that_may_not_say_any_more_has_not_said_that_it_runs_there_no_longer() -> None:
    here = standing(said_earlier("known"), asked("safe_home", "may_not_share"))["safe_home"]
    assert (here.check, here.said_before and here.said_before.referral_id) == ("running_there", EARLIER)
    before = standing(said_earlier("may_not_share", 20), asked("safe_home", "known"))["safe_home"]
    assert (before.check, before.said_before) == ("running_there", None)
    added = Supplement(
        supplemented_on=date(2015, 3, 12),
        services=(ServiceAnswer(service="safe_home", answer="may_not_share"),),
        late=False,
    )
    supplemented = replace(said_earlier("known"), supplements=(added,))
    assert standing(supplemented, asked("safe_home"))["safe_home"].check == "running_there"
    silent = asked("safe_home", "may_not_share", referral_id=EARLIER)
    assert standing(silent)["safe_home"].check == "not_asked"


def test_that_a_platform_did_not_have_the_person_before_is_no_answer_about_the_next_referral() -> None:
    before = asked("local", "nothing_known", referral_id=EARLIER)
    assert standing(before)["local"].check == "not_asked"
    assert standing(said_earlier("nothing_known"))["safe_home"].check == "not_asked"


def test_a_supplement_to_an_earlier_answer_counts_from_its_own_day() -> None:
    services = (ServiceAnswer(service="safe_home", answer="known"),)
    told = Supplement(supplemented_on=date(2015, 3, 12), services=services, late=True)
    before = replace(said_earlier("nothing_known"), supplements=(told,))
    guard = standing(before, asked("safe_home", "nothing_known"))["safe_home"]
    assert guard.said_before == SaidBefore(referral_id=EARLIER, partner="town-north", said_on=date(2015, 3, 12))


def test_known_to_another_question_does_not_say_that_the_case_is_there() -> None:
    services = {"safe_home": InformationService(question="running_there", municipal=False)}
    house = replace(GUARDED, information_services=services)
    another = replace(asked("safe_home", "known"), asked=(AskedService(service="safe_home", question="known_there"),))
    usual = replace(another, asked=(AskedService(service="safe_home", question="running_there"),))
    for request, check in ((another, "not_asked"), (usual, "running_there")):
        guards = {guard.code: guard.check for guard in guards_of(ADULT, [request], (), house)}
        assert guards["safe_home"] == check
