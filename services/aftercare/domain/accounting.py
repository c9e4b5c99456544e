"""The account of a fund and year: what was spent on what, who had what, and who has something left.

A cost is shared evenly over its own needs, to the cent; by whatever it is summed, it adds up to the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from services.aftercare.domain.funds import CostKind, co_financing_of
from services.aftercare.domain.money import NOTHING, shares


class Dimension(StrEnum):
    """By what an account can be divided."""

    MUNICIPALITY = "municipality"
    PROVIDER = "provider"
    KIND = "kind"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one trajectory, conversation or the like cost in the year, all its spendings together.

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
    """An amount, of how many costs it is a part or the whole, and how many needs these answer with it."""

    amount: Decimal = NOTHING
    costs: int = 0
    needs: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(amount=self.amount + other.amount, costs=self.costs + other.costs, needs=self.needs + other.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What a municipality has in a fund and year: allotted, brought in as co-financing, and its outflow in the
    reference year."""

    municipality: str | None
    allotment: Decimal = NOTHING
    contribution: Decimal = NOTHING
    outflow: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalAccount:
    """One municipality's funding beside what was spent for it and the co-financing that its outflow asks."""

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
        """What of the surplus was allotted: what a municipality brought in itself is not for others."""
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
        """Apart, because it is of no need."""
        return _added_up(_of(CostKind.START_UP, self.costs))

    @property
    def allotted(self) -> Decimal:
        return sum((each.funding.allotment for each in self.municipalities), NOTHING)

    @property
    def co_financing(self) -> Decimal:
        """What all municipalities brought in."""
        return sum((each.funding.contribution for each in self.municipalities), NOTHING)

    @property
    def co_financing_shortfall(self) -> Decimal:
        """What the fund's condition asks beyond what all brought in together."""
        return max(self.co_financing_needed - self.co_financing, NOTHING)

    @property
    def redistributable(self) -> Decimal:
        return sum((each.redistributable for each in self.municipalities), NOTHING)

    @property
    def shortfall(self) -> Decimal:
        return sum((each.shortfall for each in self.municipalities), NOTHING)

    @property
    def uncovered(self) -> Decimal:
        """What is short when all that may be redistributed has been."""
        return max(self.shortfall - self.redistributable, NOTHING)

    def sums(self, *dimensions: Dimension) -> Mapping[tuple[str | None, ...], Sum]:
        """The sums by these dimensions, in the order of their values; None is no domain, provider or municipality."""
        sums: dict[tuple[str | None, ...], Sum] = {}
        for cost in self.costs:
            for domain, part in _divided(cost, by_domain=Dimension.DOMAIN in dimensions).items():
                key = tuple(_value(cost, domain, dimension) for dimension in dimensions)
                sums[key] = sums.get(key, Sum()) + part
        return dict(sorted(sums.items(), key=lambda item: [(value is None, value or "") for value in item[0]]))


def account_of(
    fund: str, year: int, costs: Sequence[Cost], funding: Iterable[Funding], *, co_financing_percent: Decimal
) -> Account:
    """The account of a fund and year. co_financing_percent: of all that was spent, what municipalities bring in."""
    spent = _spent(costs)
    all_funding = {each.municipality: each for each in funding}
    known = [all_funding.get(name, Funding(municipality=name)) for name in _in_order({*all_funding, *spent})]
    total = sum(spent.values(), NOTHING)
    needed = co_financing_of(total, co_financing_percent)
    return Account(
        fund=fund,
        year=year,
        costs=tuple(costs),
        co_financing_needed=needed,
        municipalities=tuple(
            MunicipalAccount(funding=each, spent=spent.get(each.municipality, NOTHING), co_financing_needed=share)
            for each, share in zip(known, _by_outflow(needed, known), strict=True)
        ),
    )


def _spent(costs: Iterable[Cost]) -> Mapping[str | None, Decimal]:
    spent: dict[str | None, Decimal] = {}
    for cost in costs:
        spent[cost.municipality] = spent.get(cost.municipality, NOTHING) + cost.amount
    return spent


def _by_outflow(amount: Decimal, funding: Sequence[Funding]) -> list[Decimal]:
    """Each municipality's part; where no outflow is known, nobody has one."""
    outflows = [each.outflow for each in funding]
    return shares(amount, outflows) if any(outflows) else [NOTHING] * len(outflows)


def _in_order(municipalities: Iterable[str | None]) -> list[str | None]:
    return sorted(municipalities, key=lambda name: (name is None, name or ""))


def _of(kind: CostKind, costs: Iterable[Cost]) -> list[Cost]:
    return [cost for cost in costs if cost.kind is kind]


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
