from dataclasses import asdict

from services.reporting.aftercare_figures.rules import DomainFinding, MunicipalityDetentions, aftercare_figures
from services.reporting.tests.cases import HOUSE


def finding(domain: str, bottleneck: str, referred: bool, count: int) -> DomainFinding:
    return DomainFinding(domain=domain, bottleneck=bottleneck, referred=referred, count=count)


def test_bottlenecks_and_referrals_are_counted_per_domain() -> None:
    found = [
        finding("housing", "yes", True, 2),
        finding("housing", "yes", False, 1),
        finding("housing", "no", False, 4),
    ]
    assert asdict(aftercare_figures(HOUSE, [], 7, found).aftercare_plans) == {
        "plans": 7,
        "domains": (
            {"domain": "housing", "bottleneck": {"yes": 3, "no": 4, "unknown": 0}, "referred": 2},
            {"domain": "debts", "bottleneck": {"yes": 0, "no": 0, "unknown": 0}, "referred": 0},
        ),
    }


def test_the_inflow_is_the_sum_of_the_municipalities() -> None:
    inflow = [
        MunicipalityDetentions(municipality="Gouda", registered=3, own_aftercare=0, weighed=3, release_known=1),
        MunicipalityDetentions(municipality="Leiden", registered=2, own_aftercare=2, weighed=0, release_known=2),
    ]
    assert asdict(aftercare_figures(HOUSE, inflow, 0, []).detentions) == {
        "registered": 5,
        "own_aftercare": 2,
        "weighed": 3,
        "release_known": 3,
    }
