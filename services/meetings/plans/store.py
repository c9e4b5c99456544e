"""Action plans with their agreements, and the monitoring moments of table cases. What was superseded stays readable."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.plans.messages import DueMoment, DueMomentsQuery, RecordedAnswer, RecordedPlan
from services.meetings.plans.rules import ActionPlan, Agreement, Answer, MonitoringMoment, Owner, StandingPlan
from services.meetings.table_cases.rules import TableCase
from shared.postgres import Row, load_queries
from shared.sealed_texts import StoreWithTexts


class PlanStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("what", "owner_person", "note", "because")

    def standing_plan(self, table_case_id: UUID) -> StandingPlan | None:
        return self._plan("standing_plan", table_case_id)

    def plan_before(self, table_case_id: UUID) -> StandingPlan | None:
        """The plan that the standing plan replaced."""
        return self._plan("plan_before", table_case_id)

    def table_case_of(self, house: str, action_plan_id: UUID) -> UUID | None:
        row = self.fetch_one("table_case_of", {"house": house, "action_plan_id": action_plan_id})
        return row["table_case_id"] if row else None

    def plans(self, table_case_id: UUID) -> list[RecordedPlan]:
        """All plans of a table case, also those that do not stand any more."""
        rows = self.fetch_all("plans", {"table_case_id": table_case_id})
        agreements = self._agreements(rows)
        return [RecordedPlan(plan=_content(row, agreements), **row) for row in rows]

    def moments(self, table_case_id: UUID) -> list[MonitoringMoment]:
        return self.fetch_all("moments", {"table_case_id": table_case_id}, _moment)

    def _plan(self, query: str, table_case_id: UUID) -> StandingPlan | None:
        row = self.fetch_one(query, {"table_case_id": table_case_id})
        if not row:
            return None
        moments = tuple(self.moments(table_case_id))
        return StandingPlan(plan=_content(row, self._agreements([row])), moments=moments, **row)

    def _agreements(self, plans: Sequence[Row]) -> Mapping[UUID, list[Agreement]]:
        """By plan, in their order."""
        rows = self.fetch_all("agreements", {"action_plan_ids": [plan["action_plan_id"] for plan in plans]})
        return {plan: [_agreement(**row) for row in of_plan] for plan, of_plan in groupby(rows, itemgetter("plan_id"))}

    def replace_plan(self, table_case: TableCase, standing: StandingPlan, by: str) -> None:
        """Record the plan that stands from now on. The one that stood, if any, stays as history."""
        plan = standing.plan
        of = {"house": table_case.house, "table_case_id": table_case.table_case_id}
        which = of | {"action_plan_id": standing.action_plan_id}
        self.execute("replace_plan", which | {"replaced_on": plan.agreed_on})
        content = {"agreed_on": plan.agreed_on, "case_holder": plan.case_holder, "recorded_by": by}
        self.execute("add_plan", which | content)
        agreements = [self._sealed(table_case, _columns(agreement)) for agreement in plan.agreements]
        for place, agreement in enumerate(agreements, start=1):
            self.execute("add_agreement", which | {"place": place} | agreement)

    def set_moments(self, house: str, table_case_id: UUID, standing: StandingPlan | None) -> None:
        """Record the monitoring moments that wait for their answer since this first plan; none without a plan."""
        self.execute("drop_moments", {"table_case_id": table_case_id})
        for moment in standing.moments if standing else ():
            if standing and not moment.answer:
                which = {"house": house, "table_case_id": table_case_id, "action_plan_id": standing.action_plan_id}
                self.execute("add_moment", which | {"code": moment.code, "due_on": moment.due_on})

    def withdraw_plan(
        self, table_case: TableCase, action_plan_id: UUID, before: StandingPlan | None, because: str, by: str
    ) -> None:
        """The plan does not stand any more; the plan before stands again."""
        reason = self._sealed(table_case, {"because": because, "superseded_by": by})
        self.execute("withdraw_plan", reason | {"action_plan_id": action_plan_id})
        if before:
            self.execute("restore_plan", {"action_plan_id": before.action_plan_id})

    def answer_moment(self, table_case: TableCase, moment: MonitoringMoment, by: str | None) -> None:
        """Record the answer of a moment, or that there is none. by: who recorded the answer."""
        given = {name: getattr(moment.answer, name, None) for name in ("answered_on", "plan_stands", "note")}
        row = _which(table_case, moment) | given | {"recorded_by": by}
        self.execute("answer_moment", self._sealed(table_case, row))

    def supersede_answer(self, table_case: TableCase, moment: MonitoringMoment, because: str, by: str) -> None:
        """Keep the answer of a moment that is corrected or withdrawn."""
        row = _which(table_case, moment) | {"because": because, "superseded_by": by}
        self.execute("supersede_answer", self._sealed(table_case, row))

    def answers(self, table_case_id: UUID) -> list[RecordedAnswer]:
        """All answers of a table case, also those that were corrected or withdrawn."""
        return self.fetch_all("answers", {"table_case_id": table_case_id}, _recorded_answer)

    def is_moment(self, house: str, moment_id: UUID) -> bool:
        return self.fetch_one("is_moment", {"house": house, "moment_id": moment_id}) is not None

    def due_moments(self, house: str, query: DueMomentsQuery) -> list[DueMoment]:
        """One more than the page holds, if there is a next page."""
        wanted = {"house": house, "due_by": query.due_by, "after": query.cursor, "limit": query.limit + 1}
        return self.fetch_all("due_moments", wanted, DueMoment)


def _which(table_case: TableCase, moment: MonitoringMoment) -> Row:
    return {"table_case_id": table_case.table_case_id, "code": moment.code, "due_on": moment.due_on}


def _content(row: Row, agreements: Mapping[UUID, list[Agreement]]) -> ActionPlan:
    """Takes the columns of the plan from its row. agreements: by plan."""
    agreed_on, case_holder = row.pop("agreed_on"), row.pop("case_holder")
    of_plan = tuple(agreements.get(row["action_plan_id"], ()))
    return ActionPlan(agreed_on=agreed_on, case_holder=case_holder, agreements=of_plan)


def _columns(agreement: Agreement) -> Row:
    owner = {"owner_partner": agreement.owner.partner, "owner_person": agreement.owner.person}
    return owner | {"life_domain": agreement.domain, "what": agreement.what, "due_on": agreement.due_on}


def _agreement(
    *, plan_id: UUID, owner_partner: str, owner_person: str | None, life_domain: str | None, what: str, due_on: date
) -> Agreement:
    owner = Owner(partner=owner_partner, person=owner_person)
    return Agreement(owner=owner, what=what, due_on=due_on, domain=life_domain)


def _moment(*, code: str, due_on: date, **answer: Any) -> MonitoringMoment:
    return MonitoringMoment(code=code, due_on=due_on, answer=Answer(**answer) if answer["answered_on"] else None)


def _recorded_answer(*, answered_on: date, plan_stands: bool, note: str | None, **recorded: Any) -> RecordedAnswer:
    return RecordedAnswer(answer=Answer(answered_on=answered_on, plan_stands=plan_stands, note=note), **recorded)
