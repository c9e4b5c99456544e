"""Plans and refusals; a plan that was replaced stays as history, and so do earlier refusals."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.aftercare.detentions.rules import Detention
from services.aftercare.plans.rules import AftercarePlan, Bottleneck, DomainPlan, Refusal
from shared.postgres import Store, as_row, load_queries


class PlanStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def standing_plan(self, detention_id: UUID) -> AftercarePlan | None:
        rows = self.fetch_all("standing_plan", {"detention_id": detention_id})
        if not rows:
            return None
        [(made_on, version)] = {(row.pop("made_on"), row.pop("version")) for row in rows}
        return AftercarePlan(made_on=made_on, domains=tuple(domain_plan_of(**row) for row in rows), version=version)

    def replace_plan(self, detention: Detention, plan: AftercarePlan) -> None:
        """Record the plan that stands from now on. The one that stood, if any, stays as history."""
        about = {
            "plan_id": uuid4(),
            "house": detention.house,
            "detention_id": detention.detention_id,
            "made_on": plan.made_on,
        }
        self.execute("replace_plan", about)
        self.execute("add_plan", about)
        for place, domain_plan in enumerate(plan.domains, start=1):
            self.execute("add_plan_domain", about | {"place": place} | as_row(domain_plan))

    def add_refusal(self, detention: Detention, refusal: Refusal) -> None:
        about = {"house": detention.house, "detention_id": detention.detention_id}
        self.execute("add_refusal", about | as_row(refusal))

    def refusals(self, detention_id: UUID) -> list[Refusal]:
        """In the order in which they came."""
        return self.fetch_all("refusals", {"detention_id": detention_id}, Refusal)


def domain_plan_of(*, bottleneck: str, **columns: Any) -> DomainPlan:
    return DomainPlan(bottleneck=Bottleneck(bottleneck), **columns)
