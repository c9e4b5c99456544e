"""Figures on aftercare: the inflow of detentions, and the bottlenecks per life domain."""

from collections.abc import Sequence
from typing import Any

from services.reporting.domain.facts import Detentions, DomainFinding
from services.reporting.domain.house import House

BOTTLENECKS = ("yes", "no", "unknown")


def detention_figures(detentions: Sequence[Detentions]) -> dict[str, int]:
    """The inflow. `release_known`: how many have a (provisional) release date."""
    return {
        "registered": sum(each.registered for each in detentions),
        "own_aftercare": sum(each.own_aftercare for each in detentions),
        "weighed": sum(each.weighed for each in detentions),
        "release_known": sum(each.release_known for each in detentions),
    }


def aftercare_figures(house: House, plans: int, findings: Sequence[DomainFinding]) -> dict[str, Any]:
    """Over the plans made in the year, one a detention."""
    domains = dict.fromkeys([*house.life_domains, *sorted(each.domain for each in findings)])
    return {"plans": plans, "domains": [_domain(domain, findings) for domain in domains]}


def _domain(domain: str, findings: Sequence[DomainFinding]) -> dict[str, Any]:
    here = [each for each in findings if each.domain == domain]
    found = {answer: sum(each.count for each in here if each.bottleneck == answer) for answer in BOTTLENECKS}
    return {"domain": domain, "bottleneck": found, "referred": sum(each.count for each in here if each.referred)}
