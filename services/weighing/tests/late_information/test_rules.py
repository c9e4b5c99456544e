"""When a partner said that a case runs there."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.weighing.house import GuardRule
from services.weighing.information_requests.rules import InformationRequest, ServiceAnswer, Supplement
from services.weighing.late_information.rules import running_at
from services.weighing.tests.cases import HOUSE, referral

RULE = GuardRule(effect="ask_first", service="local_approach", municipalities=frozenset({"Noordstad"}))
GUARDED = replace(HOUSE, guards={"route": GuardRule(effect="route_to", destination="care_table"), "local": RULE})
KNOWN, UNKNOWN = (ServiceAnswer(service="local_approach", answer=each) for each in ("known", "nothing_known"))
ELSEWHERE = ServiceAnswer(service="housing", answer="known")
DAY, LATER = date(2015, 3, 12), date(2015, 3, 13)


def told(*answers: ServiceAnswer, then: ServiceAnswer | None = None) -> InformationRequest:
    """then: of a supplement."""
    id = UUID(int=1)
    request = InformationRequest(
        request_id=id,
        referral_id=id,
        partner="town-north",
        answer_by=DAY,
        answered_on=DAY,
        services=answers,
    )
    added = (Supplement(supplemented_on=LATER, services=(then,), late=True),) if then else ()
    return replace(request, supplements=added)


def test_a_case_runs_where_the_platform_of_a_guard_says_so_that_day() -> None:
    assert running_at(told(KNOWN), DAY, referral(), GUARDED) == "local"
    assert running_at(told(ELSEWHERE, then=KNOWN), LATER, referral(), GUARDED) == "local"
    assert running_at(told(KNOWN, then=UNKNOWN), DAY, referral(), GUARDED) == "local", "more was told since"


def test_nothing_runs_by_another_answer_one_of_another_day_or_a_guard_of_others() -> None:
    assert running_at(told(UNKNOWN, ELSEWHERE), DAY, referral(), GUARDED) is None
    assert running_at(told(KNOWN, then=ELSEWHERE), LATER, referral(), GUARDED) is None, "the team knew"
    assert running_at(told(ELSEWHERE, then=KNOWN), DAY, referral(), GUARDED) is None
    assert running_at(told(KNOWN), DAY, referral(municipality="Zuidstad"), GUARDED) is None
