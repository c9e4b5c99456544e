"""The action plan: agreements, exactly one case holder, and the moments at which the case holder is asked."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from services.meetings.house import House, MomentRule
from services.meetings.table_cases.rules import TableCase, require_running
from shared.bounds import Code, Length, Line, Text
from shared.rules import BrokenRule, Contradiction, UnknownObject


class UnknownPartner(BrokenRule):
    field = "partner"
    reason = "is not a partner of this house"


class UnknownLifeDomain(BrokenRule):
    field = "domain"
    reason = "is not a life domain of this house"


class DueBeforeAgreed(BrokenRule):
    field = "dueOn"
    reason = "is before the plan is agreed"


class BeforePlan(BrokenRule):
    reason = "is before the plan was agreed"


class UnknownMoment(UnknownObject):
    field = "moment"
    reason = "is not a monitoring moment of the plan that stands"


class AlreadyAnswered(Contradiction):
    field = "moment"
    reason = "is answered already, with something else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who keeps an agreement: a partner, and the function of its professional. Never the client."""

    partner: Code
    person: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What is agreed, who keeps it and by when. `domain`: its life domain, if it has one."""

    owner: Owner
    what: Text
    due_on: date
    domain: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """What was agreed at the table. `case_holder`: the partner that directs the case."""

    agreed_on: date
    case_holder: Code
    agreements: Annotated[tuple[Agreement, ...], Length(1, 50)]

    @property
    def domains(self) -> list[str]:
        """The life domains on which something is agreed."""
        return sorted({agreement.domain for agreement in self.agreements if agreement.domain})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The case holder's answer at a monitoring moment."""

    answered_on: date
    plan_stands: bool
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringMoment:
    """When the process director asks the case holder whether the plan still stands. `answer` is null until then."""

    code: str
    due_on: date
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingPlan:
    """The plan that counts until another replaces it, with its monitoring moments, the first one first."""

    action_plan_id: UUID
    plan: ActionPlan
    moments: tuple[MonitoringMoment, ...]

    @property
    def last_moment_on(self) -> date | None:
        """None at a table that is not monitored."""
        return self.moments[-1].due_on if self.moments else None

    def moment(self, code: str) -> MonitoringMoment | None:
        return next((moment for moment in self.moments if moment.code == code), None)


def agree(
    table_case: TableCase, plan: ActionPlan, standing: StandingPlan | None, house: House, action_plan_id: UUID
) -> StandingPlan:
    """The plan that stands from now on; the same plan again changes nothing, an older one is refused."""
    if standing and standing.plan == plan:
        return standing
    require_running(table_case, plan.agreed_on, "agreedOn")
    if standing and plan.agreed_on < standing.plan.agreed_on:
        raise BeforePlan("agreedOn")
    if plan.case_holder not in house.partners:
        raise UnknownPartner("caseHolder")
    for position, agreement in enumerate(plan.agreements):
        _check(agreement, f"agreements[{position}]", plan.agreed_on, house)
    rules = house.monitoring_moments if house.tables[table_case.table].monitored else ()
    moments = monitoring_moments(plan.agreed_on, rules)
    return StandingPlan(action_plan_id=action_plan_id, plan=plan, moments=moments)


def _check(agreement: Agreement, path: str, agreed_on: date, house: House) -> None:
    if agreement.owner.partner not in house.partners:
        raise UnknownPartner(f"{path}.owner.partner")
    if agreement.domain is not None and agreement.domain not in house.life_domains:
        raise UnknownLifeDomain(f"{path}.domain")
    if agreement.due_on < agreed_on:
        raise DueBeforeAgreed(f"{path}.dueOn")


def monitoring_moments(agreed_on: date, rules: Iterable[MomentRule]) -> tuple[MonitoringMoment, ...]:
    """The moments of a plan, as the house's profile spaces them, in the order in which they come."""
    moments = (
        MonitoringMoment(code=rule.code, due_on=months_after(agreed_on, rule.months) + timedelta(weeks=rule.weeks))
        for rule in rules
    )
    return tuple(sorted(moments, key=lambda moment: moment.due_on))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answer(table_case: TableCase, standing: StandingPlan | None, code: str, given: Answer) -> MonitoringMoment:
    """The moment with its answer; the same answer again gives the same moment."""
    moment = standing.moment(code) if standing else None
    if not standing or not moment:
        raise UnknownMoment
    if moment.answer == given:
        return moment
    if moment.answer:
        raise AlreadyAnswered
    require_running(table_case, given.answered_on, "answeredOn")
    if given.answered_on < standing.plan.agreed_on:
        raise BeforePlan("answeredOn")
    return replace(moment, answer=given)
