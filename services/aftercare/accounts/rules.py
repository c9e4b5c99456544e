"""The account of a fund and year: the costs, the funding of each municipality, and who has something left.

The account is the ledger: a cost is what one account of spent money holds, with the line, provider and municipality
of the commitment that paid it. A cost is shared evenly over its own needs, to the cent; whichever way the costs are
summed, the amount is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.aftercare.house import CostKind
from services.aftercare.ledger.rules import co_financing_of
from services.aftercare.money.rules import NOTHING, shares


class Dimension(StrEnum):
    """By what an account can be divided."""

    MUNICIPALITY = "municipality"
    PROVIDER = "provider"
    KIND = "kind"
    LINE = "line"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What was spent of one commitment in the year, or written off of one advance.

    about: the trajectory or conversation; else the commitment or advance itself. municipality: None for the region as a
    whole. provider: None where nobody provides, as of an advance. needs: the life domain of each need that it answers.
    """

    about: UUID
    amount: Decimal
    line: str
    kind: CostKind
    provider: str | None
    municipality: str | None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """`costs`: of how many trajectories, conversations or the like; `needs`: how many these answer with the amount.

    A trajectory that several commitments pay counts once in each sum, and so does each of its needs.
    """

    amount: Decimal = NOTHING
    costs: int = 0
    needs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a cost for one life domain, or the whole cost where it is not divided. needs: those it answers."""

    cost: Cost
    domain: str | None
    amount: Decimal
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A municipality's allotment and co-financing in a fund and year, and its outflow in the reference year."""

    municipality: str | None
    allotment: Decimal = NOTHING
    contribution: Decimal = NOTHING
    outflow: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Advances:
    """The advances of a year. carried_in: from the year before; carried_over: to the next year, at the closing."""

    carried_in: Decimal = NOTHING
    lent: Decimal = NOTHING
    repaid: Decimal = NOTHING
    written_off: Decimal = NOTHING
    carried_over: Decimal = NOTHING

    @property
    def outstanding(self) -> Decimal:
        return self.carried_in + self.lent - self.repaid - self.written_off - self.carried_over


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
    advances: Advances
    total: Sum = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", _added_up(map(_whole, self.costs)))

    @property
    def start_up(self) -> Sum:
        """Start-up financing stands apart, because it answers no need."""
        return _added_up(_whole(cost) for cost in self.costs if cost.kind is CostKind.START_UP)

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
    def co_financing_surplus(self) -> Decimal:
        """The contributions of all together beyond the co-financing that the fund's condition asks."""
        return max(self.co_financing - self.co_financing_needed, NOTHING)

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
        parts: dict[tuple[str | None, ...], list[Part]] = {}
        for cost in self.costs:
            for part in _divided(cost) if Dimension.DOMAIN in dimensions else (_whole(cost),):
                parts.setdefault(tuple(_value(part, dimension) for dimension in dimensions), []).append(part)
        in_order = sorted(parts.items(), key=lambda item: [(value is None, value or "") for value in item[0]])
        return {key: _added_up(of_key) for key, of_key in in_order}

    def sums_by_domain(self) -> Mapping[tuple[str | None, ...], Sum]:
        """The sums by kind and life domain, without the start-up financing, which answers no need."""
        sums = self.sums(Dimension.KIND, Dimension.DOMAIN)
        return {(kind, domain): part for (kind, domain), part in sums.items() if kind != CostKind.START_UP}


def account_of(
    fund: str,
    year: int,
    costs: Sequence[Cost],
    funding: Iterable[Funding],
    advances: Advances,
    *,
    co_financing_percent: Decimal,
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
        advances=advances,
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


def _added_up(parts: Iterable[Part]) -> Sum:
    added = tuple(parts)
    return Sum(
        amount=sum((part.amount for part in added), NOTHING),
        costs=len({part.cost.about for part in added}),
        needs=len({(part.cost.about, need) for part in added for need in part.needs}),
    )


def _whole(cost: Cost) -> Part:
    return Part(cost=cost, domain=None, amount=cost.amount, needs=cost.needs)


def _divided(cost: Cost) -> tuple[Part, ...]:
    """An even part of the cost for each of its needs; the whole under no domain when it has none."""
    if not cost.needs:
        return (_whole(cost),)
    amounts = zip(cost.needs, shares(cost.amount, [1] * len(cost.needs)), strict=True)
    return tuple(Part(cost=cost, domain=domain, amount=amount, needs=(domain,)) for domain, amount in amounts)


def _value(part: Part, dimension: Dimension) -> str | None:
    return part.domain if dimension is Dimension.DOMAIN else getattr(part.cost, dimension)
