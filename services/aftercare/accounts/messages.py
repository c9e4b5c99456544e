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
class AccountView:
    """`kinds` and `providers` are of all costs; `domains`, of each kind, leave out the start-up financing."""

    fund: str
    year: int
    total: SumView
    start_up: SumView
    allotted: Euros
    co_financing: Euros
    co_financing_needed: Euros
    co_financing_shortfall: Euros
    redistributable: Euros
    shortfall: Euros
    uncovered: Euros
    municipalities: tuple[MunicipalAccountView, ...]
    providers: tuple[ProviderSum, ...]
    kinds: tuple[KindSum, ...]
    domains: tuple[DomainSum, ...]
