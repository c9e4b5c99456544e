"""Action plans with their agreements and monitoring moments; a plan that was replaced stays as history."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.plans.messages import DueMoment, DueMomentsQuery
from services.meetings.plans.rules import ActionPlan, Agreement, Answer, MonitoringMoment, Owner, StandingPlan
from shared.postgres import Store, as_row, load_queries


class PlanStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def standing_plan(self, table_case_id: UUID) -> StandingPlan | None:
        row = self.fetch_one("standing_plan", {"table_case_id": table_case_id})
        if not row:
            return None
        which = {"action_plan_id": row["action_plan_id"]}
        plan = ActionPlan(
            agreed_on=row["agreed_on"],
            case_holder=row["case_holder"],
            agreements=tuple(self.fetch_all("agreements", which, _agreement)),
        )
        moments = tuple(self.fetch_all("moments", which, _moment))
        return StandingPlan(action_plan_id=row["action_plan_id"], plan=plan, moments=moments)

    def replace_plan(self, house: str, table_case_id: UUID, standing: StandingPlan) -> None:
        """Record the plan that stands from now on. The one that stood, if any, stays as history."""
        plan = standing.plan
        which = {"house": house, "table_case_id": table_case_id, "action_plan_id": standing.action_plan_id}
        self.execute("replace_plan", which | {"replaced_on": plan.agreed_on})
        self.execute("add_plan", which | {"agreed_on": plan.agreed_on, "case_holder": plan.case_holder})
        for place, agreement in enumerate(plan.agreements, start=1):
            owner = {"owner_partner": agreement.owner.partner, "owner_person": agreement.owner.person}
            content = {"life_domain": agreement.domain, "what": agreement.what, "due_on": agreement.due_on}
            self.execute("add_agreement", which | {"place": place} | owner | content)
        for moment in standing.moments:
            self.execute("add_moment", which | {"code": moment.code, "due_on": moment.due_on})

    def answer_moment(self, action_plan_id: UUID, code: str, answer: Answer) -> None:
        self.execute("answer_moment", as_row(answer) | {"action_plan_id": action_plan_id, "code": code})

    def is_moment(self, house: str, moment_id: UUID) -> bool:
        return self.fetch_one("is_moment", {"house": house, "moment_id": moment_id}) is not None

    def due_moments(self, house: str, query: DueMomentsQuery) -> list[DueMoment]:
        """One more than the page holds, if there is a next page."""
        wanted = {"house": house, "due_by": query.due_by, "after": query.cursor, "limit": query.limit + 1}
        return self.fetch_all("due_moments", wanted, DueMoment)


def _agreement(
    *, owner_partner: str, owner_person: str | None, life_domain: str | None, what: str, due_on: date
) -> Agreement:
    owner = Owner(partner=owner_partner, person=owner_person)
    return Agreement(owner=owner, what=what, due_on=due_on, domain=life_domain)


def _moment(*, code: str, due_on: date, **answer: Any) -> MonitoringMoment:
    return MonitoringMoment(code=code, due_on=due_on, answer=Answer(**answer) if answer["answered_on"] else None)
