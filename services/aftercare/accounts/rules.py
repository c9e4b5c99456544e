"""The account of a fund and year: the costs, the funding of each municipality, and who has something left.

A cost is shared evenly over its own needs, to the cent; whichever way the costs are summed, the total is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from services.aftercare.house import CostKind
from services.aftercare.ledger.rules import co_financing_of
from services.aftercare.money.rules import NOTHING, shares


class Dimension(StrEnum):
    """By what an account can be divided."""

    MUNICIPALITY = "municipality"
    PROVIDER = "provider"
    KIND = "kind"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of one trajectory, conversation or the like in the year, all its spendings together.

    municipality: None for the region as a whole. provider: None where nobody provides, as of an advance. needs: the
    life domain of each need that it answers.
    """

    amount: Decimal
    kind: CostKind
    provider: str | None
    municipality: str | None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """`costs`: of how many trajectories, conversations or the like; `needs`: how many these answer with the amount."""

    amount: Decimal = NOTHING
    costs: int = 0
    needs: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(amount=self.amount + other.amount, costs=self.costs + other.costs, needs=self.needs + other.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A municipality's allotment and co-financing in a fund and year, and its outflow in the reference year."""

    municipality: str | None
    allotment: Decimal = NOTHING
    contribution: Decimal = NOTHING
    outflow: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalAccount:
    """One municipality's funding beside the spending for it and the co-financing that its outflow asks."""

    funding: Funding
    spent: Decimal
    co_financing_needed: Decimal

    @property
    def municipality(self) -> str | None:
        return self.funding.municipality

    @property
    def balance(self) -> Decimal:
        return self.funding.allotment + self.funding.contribution - self.spent

    @property
    def surplus(self) -> Decimal:
        return max(self.balance, NOTHING)

    @property
    def shortfall(self) -> Decimal:
        return max(-self.balance, NOTHING)

    @property
    def redistributable(self) -> Decimal:
        """The part of the surplus that was allotted: a municipality's own contribution is not for others."""
        return min(self.surplus, self.funding.allotment)

    @property
    def co_financing_shortfall(self) -> Decimal:
        return max(self.co_financing_needed - self.funding.contribution, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Of one fund and year. `municipalities` are in the order of their names, the region as a whole last."""

    fund: str
    year: int
    costs: tuple[Cost, ...]
    municipalities: tuple[MunicipalAccount, ...]
    co_financing_needed: Decimal
    total: Sum = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", _added_up(self.costs))

    @property
    def start_up(self) -> Sum:
        """Start-up financing stands apart, because it answers no need."""
        return _added_up(cost for cost in self.costs if cost.kind is CostKind.START_UP)

    @property
    def allotted(self) -> Decimal:
        return sum((account.funding.allotment for account in self.municipalities), NOTHING)

    @property
    def co_financing(self) -> Decimal:
        """The contributions of all municipalities together."""
        return sum((account.funding.contribution for account in self.municipalities), NOTHING)

    @property
    def co_financing_shortfall(self) -> Decimal:
        """The co-financing that the fund's condition asks beyond the contributions of all together."""
        return max(self.co_financing_needed - self.co_financing, NOTHING)

    @property
    def redistributable(self) -> Decimal:
        return sum((account.redistributable for account in self.municipalities), NOTHING)

    @property
    def shortfall(self) -> Decimal:
        return sum((account.shortfall for account in self.municipalities), NOTHING)

    @property
    def uncovered(self) -> Decimal:
        """The shortfall that is left when all that may be redistributed has been."""
        return max(self.shortfall - self.redistributable, NOTHING)

    def sums(self, *dimensions: Dimension) -> Mapping[tuple[str | None, ...], Sum]:
        """The sums by these dimensions, in the order of their values; None is no domain, provider or municipality."""
        sums: dict[tuple[str | None, ...], Sum] = {}
        for cost in self.costs:
            for domain, part in _divided(cost, by_domain=Dimension.DOMAIN in dimensions).items():
                key = tuple(_value(cost, domain, dimension) for dimension in dimensions)
                sums[key] = sums.get(key, Sum()) + part
        return dict(sorted(sums.items(), key=lambda item: [(value is None, value or "") for value in item[0]]))

    def sums_by_domain(self) -> Mapping[tuple[str | None, ...], Sum]:
        """The sums by kind and life domain, without the start-up financing, which answers no need."""
        sums = self.sums(Dimension.KIND, Dimension.DOMAIN)
        return {(kind, domain): part for (kind, domain), part in sums.items() if kind != CostKind.START_UP}


def account_of(
    fund: str, year: int, costs: Sequence[Cost], funding: Iterable[Funding], *, co_financing_percent: Decimal
) -> Account:
    """The account of a fund and year. co_financing_percent: the part of the spending that municipalities bring in."""
    spent = _spent(costs)
    by_municipality = {funds.municipality: funds for funds in funding}
    known = [by_municipality.get(name, Funding(municipality=name)) for name in _in_order({*by_municipality, *spent})]
    total = sum(spent.values(), NOTHING)
    needed = co_financing_of(total, co_financing_percent)
    return Account(
        fund=fund,
        year=year,
        costs=tuple(costs),
        co_financing_needed=needed,
        municipalities=tuple(
            MunicipalAccount(funding=funds, spent=spent.get(funds.municipality, NOTHING), co_financing_needed=share)
            for funds, share in zip(known, _by_outflow(needed, known), strict=True)
        ),
    )


def _spent(costs: Iterable[Cost]) -> Mapping[str | None, Decimal]:
    spent: dict[str | None, Decimal] = {}
    for cost in costs:
        spent[cost.municipality] = spent.get(cost.municipality, NOTHING) + cost.amount
    return spent


def _by_outflow(amount: Decimal, funding: Sequence[Funding]) -> list[Decimal]:
    """Each municipality's part; where no outflow is known, nobody has one."""
    outflows = [funds.outflow for funds in funding]
    return shares(amount, outflows) if any(outflows) else [NOTHING] * len(outflows)


def _in_order(municipalities: Iterable[str | None]) -> list[str | None]:
    return sorted(municipalities, key=lambda name: (name is None, name or ""))


def _added_up(costs: Iterable[Cost]) -> Sum:
    return sum((_whole(cost) for cost in costs), Sum())


def _whole(cost: Cost) -> Sum:
    return Sum(amount=cost.amount, costs=1, needs=len(cost.needs))


def _divided(cost: Cost, *, by_domain: bool) -> Mapping[str | None, Sum]:
    """A cost by life domain: an even part for each of its needs. Under None when it has none, or is not divided."""
    if not (by_domain and cost.needs):
        return {None: _whole(cost)}
    divided: dict[str | None, Sum] = {}
    for domain, part in zip(cost.needs, shares(cost.amount, [1] * len(cost.needs)), strict=True):
        one = divided.get(domain, Sum(costs=1))
        divided[domain] = replace(one, amount=one.amount + part, needs=one.needs + 1)
    return divided


def _value(cost: Cost, domain: str | None, dimension: Dimension) -> str | None:
    return domain if dimension is Dimension.DOMAIN else getattr(cost, dimension)
