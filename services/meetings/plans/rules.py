"""The action plan: agreements, exactly one case holder, and the moments at which the case holder is asked."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from services.meetings.house import House, MomentRule
from services.meetings.table_cases.rules import TableCase, require_running
from shared.bounds import Code, Length, Line, Text
from shared.days import HouseDay, PlannedDay
from shared.rules import BrokenRule, Contradiction, UnknownObject

EARLY = timedelta(days=3)
"""How long before a monitoring moment is due its question may be asked and answered."""


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


class UnknownPlan(UnknownObject):
    field = "actionPlanId"
    reason = "is not an action plan of this house"


class NotStanding(Contradiction):
    field = "actionPlanId"
    reason = "does not stand: it was replaced, corrected or withdrawn"


class AnsweredSince(Contradiction):
    field = "actionPlanId"
    reason = "is the first plan, and a monitoring moment is answered; correct the plan, or withdraw the answer first"


class UnknownMoment(UnknownObject):
    field = "moment"
    reason = "is not a monitoring moment of the table case"


class TooEarly(BrokenRule):
    """The reason names the day on which the moment is due."""

    field = "answeredOn"


class NotAnswered(Contradiction):
    field = "moment"
    reason = "is not answered"


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
    due_on: PlannedDay
    domain: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """What was agreed at the table. `case_holder`: the partner that directs the case."""

    agreed_on: HouseDay
    case_holder: Code
    agreements: Annotated[tuple[Agreement, ...], Length(1, 50)]

    @property
    def domains(self) -> list[str]:
        """The life domains on which something is agreed."""
        return sorted({agreement.domain for agreement in self.agreements if agreement.domain})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The case holder's answer at a monitoring moment."""

    answered_on: HouseDay
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
    """The plan that counts until another replaces it, with the table case's monitoring moments, the first one first.

    The moments follow from the first plan of the table case, so that a new plan does not put off the last of them.
    """

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
    table_case: TableCase,
    plan: ActionPlan,
    before: StandingPlan | None,
    moments: Sequence[MonitoringMoment],
    house: House,
    action_plan_id: UUID,
) -> StandingPlan:
    """The plan that stands from now on; the same plan again changes nothing, an older one is refused.

    before: the plan that it replaces. moments: those of the table case, which an earlier plan has left.
    """
    if before and before.plan == plan:
        return before
    require_running(table_case, plan.agreed_on, "agreedOn")
    if before and plan.agreed_on < before.plan.agreed_on:
        raise BeforePlan("agreedOn")
    if plan.case_holder not in house.partners:
        raise UnknownPartner("caseHolder", known=house.partners)
    for position, agreement in enumerate(plan.agreements):
        _check(agreement, f"agreements[{position}]", plan.agreed_on, house)
    if not before:
        moments = _moments_of_first_plan(table_case, plan, moments, house)
    return StandingPlan(action_plan_id=action_plan_id, plan=plan, moments=tuple(moments))


def _moments_of_first_plan(
    table_case: TableCase, plan: ActionPlan, moments: Iterable[MonitoringMoment], house: House
) -> list[MonitoringMoment]:
    """Those that are answered stay as they are; the others follow from the day of the plan."""
    answered = {moment.code: moment for moment in moments if moment.answer}
    rules = house.monitoring_moments if house.tables[table_case.table].monitored else ()
    return [answered.get(moment.code, moment) for moment in monitoring_moments(plan.agreed_on, rules)]


def withdraw(table_case: TableCase, standing: StandingPlan, before: StandingPlan | None) -> StandingPlan | None:
    """The plan that stands again, if any, for a plan that was never agreed. before: the plan that it replaced."""
    require_running(table_case, standing.plan.agreed_on, "actionPlanId")
    if not before and any(moment.answer for moment in standing.moments):
        raise AnsweredSince
    return before


def _check(agreement: Agreement, path: str, agreed_on: date, house: House) -> None:
    if agreement.owner.partner not in house.partners:
        raise UnknownPartner(f"{path}.owner.partner", known=house.partners)
    if agreement.domain is not None and agreement.domain not in house.life_domains:
        raise UnknownLifeDomain(f"{path}.domain", known=house.life_domains)
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


def moment_of(standing: StandingPlan | None, code: str) -> MonitoringMoment:
    """The monitoring moment with this code. Raises UnknownMoment."""
    if moment := standing and standing.moment(code):
        return moment
    raise UnknownMoment


def answer(table_case: TableCase, moment: MonitoringMoment, given: Answer) -> MonitoringMoment:
    """The moment with its answer; the same answer again gives the same moment."""
    if moment.answer and moment.answer != given:
        raise AlreadyAnswered
    return _answered(table_case, moment, given)


def correct_answer(table_case: TableCase, moment: MonitoringMoment, right: Answer) -> MonitoringMoment:
    """The moment with the right answer, in place of a wrong one."""
    if not moment.answer:
        raise NotAnswered
    return _answered(table_case, moment, right)


def _answered(table_case: TableCase, moment: MonitoringMoment, given: Answer) -> MonitoringMoment:
    if moment.answer == given:
        return moment
    require_running(table_case, given.answered_on, "answeredOn")
    if given.answered_on < moment.due_on - EARLY:
        raise TooEarly(reason=f"is more than {EARLY.days} days before the moment is due, on {moment.due_on}")
    return replace(moment, answer=given)
