"""Plans and refusals; each stays as history when a later one takes its place, or when it is withdrawn."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.aftercare.detentions.rules import Detention
from services.aftercare.plans.rules import (
    AftercarePlan,
    Bottleneck,
    DomainPlan,
    RecordedPlan,
    RecordedRefusal,
    Refusal,
)
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts

OF_A_PLAN = ("made_on", "version", "recorded_by", "recorded_at", "withdrawn_by", "withdrawn_at", "withdrawn_because")


class PlanStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("need", "agreement", "owner", "referred_to", "reason", "because", "withdrawn_because")

    def plans(self, detention_id: UUID) -> list[RecordedPlan]:
        """Each plan of a detention, withdrawn or not, the first version first."""
        rows = self.fetch_all("plans", {"detention_id": detention_id})
        return [_plan(list(of_plan)) for _, of_plan in groupby(rows, itemgetter("version"))]

    def add_plan(self, detention: Detention, plan: AftercarePlan, by: str) -> None:
        """Record the plan that stands from now on. The one that stood, if any, stays as history."""
        about = {
            "plan_id": uuid4(),
            "house": detention.house,
            "detention_id": detention.detention_id,
            "made_on": plan.made_on,
            "version": plan.version,
            "recorded_by": by,
        }
        self.execute("add_plan", about)
        domains = [self._sealed(detention, as_row(domain_plan)) for domain_plan in plan.domains]
        for place, domain_plan in enumerate(domains, start=1):
            self.execute("add_plan_domain", about | {"place": place} | domain_plan)

    def withdraw_plan(self, detention: Detention, plan: AftercarePlan, because: str, by: str) -> None:
        about = {"detention_id": detention.detention_id, "version": plan.version}
        self.execute("withdraw_plan", about | self._sealed(detention, {"because": because, "by": by}))

    def add_refusal(self, detention: Detention, refusal: Refusal, by: str) -> None:
        about = {"house": detention.house, "detention_id": detention.detention_id, "recorded_by": by}
        self.execute("add_refusal", about | self._sealed(detention, as_row(refusal)))

    def withdraw_refusal(self, detention: Detention, refusal: Refusal, because: str, by: str) -> None:
        about = {"detention_id": detention.detention_id, "refused_on": refusal.refused_on}
        self.execute("withdraw_refusal", about | self._sealed(detention, {"because": because, "by": by}))

    def refusals(self, detention_id: UUID) -> list[RecordedRefusal]:
        """In the order in which they came, withdrawn or not."""
        return self.fetch_all("refusals", {"detention_id": detention_id}, RecordedRefusal)


def domain_plan_of(*, bottleneck: str, **columns: Any) -> DomainPlan:
    return DomainPlan(bottleneck=Bottleneck(bottleneck), **columns)


def _plan(rows: list[dict[str, Any]]) -> RecordedPlan:
    """A plan of its rows, one a life domain."""
    about = [{column: row.pop(column) for column in OF_A_PLAN} for row in rows]
    return RecordedPlan(domains=tuple(domain_plan_of(**row) for row in rows), **about[0])
