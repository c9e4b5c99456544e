"""Detentions and aftercare plans, as the projections hold them."""

from pathlib import Path

from services.reporting.aftercare_figures.rules import DomainFinding, MunicipalityDetentions
from services.reporting.counting.rules import Period
from services.reporting.counting.store import FactStore
from shared.postgres import load_queries


class AftercareStore(FactStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def detentions(self, house: str, period: Period) -> list[MunicipalityDetentions]:
        """The inflow of the period."""
        return self.facts("detentions", house, period, MunicipalityDetentions)

    def aftercare_plans(self, house: str, period: Period) -> int:
        """How many were made in the period."""
        [count] = self.facts("aftercare_plans", house, period, _count)
        return count

    def domain_findings(self, house: str, period: Period) -> list[DomainFinding]:
        return self.facts("aftercare_domains", house, period, DomainFinding)


def _count(*, count: int) -> int:
    return count
