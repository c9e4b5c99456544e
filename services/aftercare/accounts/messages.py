"""The account of a fund and year, as people get it over HTTP."""

from dataclasses import dataclass

from services.aftercare.accounts.rules import Sum
from services.aftercare.house import CostKind
from services.aftercare.money.messages import Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class SumView(Sum):
    """`costs`: of how many trajectories, conversations or the like; `needs`: how many these answer with the amount."""

    amount: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSum(SumView):
    """`provider` is null where nobody provides."""

    provider: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSum(SumView):
    """The costs of a budget line."""

    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSum(SumView):
    """The costs of a kind."""

    kind: CostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainSum(KindSum):
    """`domain` is null for what answers no need."""

    domain: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalAccountView:
    """`municipality` is null for the region as a whole."""

    municipality: str | None
    outflow: int
    allotment: Euros
    contribution: Euros
    spent: Euros
    surplus: Euros
    shortfall: Euros
    redistributable: Euros
    co_financing_needed: Euros
    co_financing_shortfall: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancesOfYear:
    """What happened to advances in the year. `writtenOff` is spent, and so a part of the costs.

    `carriedIn`: from the year before; `carriedOver`: to the next at the closing; `outstanding`: what is left.
    """

    carried_in: Euros
    lent: Euros
    repaid: Euros
    written_off: Euros
    carried_over: Euros
    outstanding: Euros


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """`lines`, `kinds` and `providers` are of all costs; `domains`, of each kind, leave out the start-up financing.

    `coFinancingSurplus`: what municipalities brought in beyond what the fund's condition asks.
    """

    fund: str
    year: int
    total: SumView
    start_up: SumView
    allotted: Euros
    co_financing: Euros
    co_financing_needed: Euros
    co_financing_shortfall: Euros
    co_financing_surplus: Euros
    redistributable: Euros
    shortfall: Euros
    uncovered: Euros
    municipalities: tuple[MunicipalAccountView, ...]
    providers: tuple[ProviderSum, ...]
    lines: tuple[LineSum, ...]
    kinds: tuple[KindSum, ...]
    domains: tuple[DomainSum, ...]
    advances: AdvancesOfYear
