"""The funds that a house may spend, as its profile says, and what each municipality is allotted of one."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum

from services.aftercare.domain.errors import BelowThreshold, UnknownMunicipality
from services.aftercare.domain.money import CENT


class CostKind(StrEnum):
    """What a cost is for. Start-up financing is of a transition house, and of nobody's need."""

    TRAJECTORY = "trajectory"
    CONVERSATION = "conversation"
    START_UP = "start_up"
    WORK_TRAINING = "work_training"
    ADVANCE = "advance"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundYear:
    """The conditions of a year. Amounts in euros.

    amount_per_outflow: for each person that left detention in the reference year. single_from: what a municipality must
    be allotted to apply by itself. co_financing_percent: of all that is spent, what municipalities bring in.
    """

    year: int
    reference_year: int
    amount_per_outflow: Decimal
    single_from: Decimal
    co_financing_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A fund. `lines`: what each budget line is for, by code. `years`: the conditions of each."""

    code: str
    lines: Mapping[str, CostKind]
    years: Mapping[int, FundYear]


class Applicant(StrEnum):
    """Who asks the fund for a municipality's allotment: the house for all together, or the municipality by itself."""

    HOUSE = "house"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """A municipality's part, by its outflow in the reference year."""

    municipality: str
    outflow: int
    amount: Decimal
    applies: Applicant


def allot(
    outflow: Mapping[str, int], single: Set[str], year: FundYear, municipalities: Set[str]
) -> tuple[Allotment, ...]:
    """What each municipality is allotted. single: those that apply by themselves."""
    if not outflow.keys() | single <= municipalities:
        raise UnknownMunicipality("outflow" if not outflow.keys() <= municipalities else "single")
    allotments = tuple(_allotment(name, count, single, year) for name, count in sorted(outflow.items()))
    if small := [each.municipality for each in allotments if each.municipality in single and _is_small(each, year)]:
        raise BelowThreshold(reason=f"is not for those allotted less than € {year.single_from}: {', '.join(small)}")
    return allotments


def co_financing_of(total: Decimal, percent: Decimal) -> Decimal:
    """What municipalities must bring in when so much is spent; a part of a cent less would not be enough."""
    return (total * percent / 100).quantize(CENT, ROUND_UP)


def _allotment(municipality: str, outflow: int, single: Set[str], year: FundYear) -> Allotment:
    amount = (outflow * year.amount_per_outflow).quantize(CENT, ROUND_HALF_UP)
    applies = Applicant.MUNICIPALITY if municipality in single else Applicant.HOUSE
    return Allotment(municipality=municipality, outflow=outflow, amount=amount, applies=applies)


def _is_small(allotment: Allotment, year: FundYear) -> bool:
    return allotment.amount < year.single_from
