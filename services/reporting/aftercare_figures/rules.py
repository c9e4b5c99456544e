"""Figures on aftercare: the inflow of detentions, and the bottlenecks per life domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.reporting.house import House

BOTTLENECKS = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityDetentions:
    """The inflow of one municipality: counts. release_known: with a release date, expected or later changed."""

    municipality: str
    registered: int
    own_aftercare: int
    weighed: int
    release_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFinding:
    """How many aftercare plans found this on a life domain. referred: the person was referred to the right place."""

    domain: str
    bottleneck: str
    referred: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionInflow:
    """`release_known`: how many have a (provisional) release date."""

    registered: int
    own_aftercare: int
    weighed: int
    release_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainBottlenecks:
    """What aftercare plans found on one life domain: how many of each answer, and how many were referred."""

    domain: str
    bottleneck: Mapping[str, int]
    referred: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercarePlans:
    """Over the plans made in the year, one a detention."""

    plans: int
    domains: tuple[DomainBottlenecks, ...]


@dataclass(frozen=True, kw_only=True)
class AftercareFigures:
    """`detentions`: the inflow of the year."""

    detentions: DetentionInflow
    aftercare_plans: AftercarePlans


def aftercare_figures(
    house: House, detentions: Sequence[MunicipalityDetentions], plans: int, findings: Sequence[DomainFinding]
) -> AftercareFigures:
    domains = dict.fromkeys([*house.life_domains, *sorted(finding.domain for finding in findings)])
    return AftercareFigures(
        detentions=detention_inflow(detentions),
        aftercare_plans=AftercarePlans(
            plans=plans, domains=tuple(domain_bottlenecks(domain, findings) for domain in domains)
        ),
    )


def detention_inflow(detentions: Sequence[MunicipalityDetentions]) -> DetentionInflow:
    return DetentionInflow(
        registered=sum(row.registered for row in detentions),
        own_aftercare=sum(row.own_aftercare for row in detentions),
        weighed=sum(row.weighed for row in detentions),
        release_known=sum(row.release_known for row in detentions),
    )


def domain_bottlenecks(domain: str, findings: Sequence[DomainFinding]) -> DomainBottlenecks:
    here = [finding for finding in findings if finding.domain == domain]
    return DomainBottlenecks(
        domain=domain,
        bottleneck={
            answer: sum(finding.count for finding in here if finding.bottleneck == answer) for answer in BOTTLENECKS
        },
        referred=sum(finding.count for finding in here if finding.referred),
    )
