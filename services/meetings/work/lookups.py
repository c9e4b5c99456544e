"""What waits for a process director, and for partners with a part in a plan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.meetings.access import SEE_TABLE_CASES
from services.meetings.house import House
from services.meetings.late_information.rules import WORKING_DAYS
from services.meetings.work.store import DueMoment, WaitingCase, WaitingQuestion, WorkStore
from shared.suspects.store import SHOWN
from shared.unit import Lookup
from shared.web import Caller, acts_for_house
from shared.web.work import WorkItem
from shared.working_days import working_days_after, working_days_before


def moments_due(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The moments at which a case holder must be asked by today whether the plan still stands."""
    for moment in lookup.store(WorkStore).moments_due(caller.house, lookup.today):
        yield _at_moment("monitoring_moment", moment, lookup.today)


def without_session(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The table cases that a decision opened and of which no session is planned or held."""
    for found in lookup.store(WorkStore).without_session(caller.house):
        yield WorkItem(
            kind="table_case_without_session",
            object_id=str(found.table_case_id),
            case_id=found.case_id,
            municipality=found.municipality,
            since=found.opened_on,
        )


def unanswered_repeats(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The referrals on running table cases on which no case holder has answered in time, or that has no case holder."""
    for question in lookup.store(WorkStore).unanswered_repeats(caller.house, lookup.today):
        yield _repeat("repeat_unanswered", question, lookup.today)


def meetings_wanted(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The running table cases of which the case holder says that the plan is overtaken, without a session for it."""
    for wanted in lookup.store(WorkStore).meetings_wanted(caller.house):
        yield _case("meeting_wanted", wanted)


def decisions_corrected(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The running table cases whose decision was wrong, and on which the table had worked: a person sees what becomes
    of each.
    """
    for found in lookup.store(WorkStore).decisions_corrected(caller.house):
        yield _case("decision_corrected", found)


def repeat_questions(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The referrals on table cases that the caller's organisation holds: does the plan still stand?"""
    for question in lookup.store(WorkStore).repeats_of_holder(caller.house, caller.organisation):
        yield _repeat("repeat_question", question, lookup.today)


def questions(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The moments at which the caller's organisation, as case holder, says by today whether the plan still stands."""
    for moment in lookup.store(WorkStore).moments_due(caller.house, lookup.today, caller.organisation):
        yield _at_moment("plan_question", moment, lookup.today)


def suspects(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The running table cases of people whose case runs at ZSM: all of the house, or those that the caller holds."""
    holder = None if acts_for_house(caller, SEE_TABLE_CASES) else caller.organisation
    for found in lookup.store(WorkStore).suspects(caller.house, lookup.today - SHOWN, holder):
        yield WorkItem(
            kind="suspect",
            object_id=str(found.table_case_id),
            case_id=found.case_id,
            municipality=found.municipality,
            since=found.listed_on,
        )


def late_information(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """What partners told too late of running table cases: of those that the caller holds. The process director sees
    what nobody holds, or nobody has read in time.
    """
    store, due = lookup.store(WorkStore), working_days_before(lookup.today, WORKING_DAYS)
    if acts_for_house(caller, SEE_TABLE_CASES):
        waiting = store.late_information(caller.house, None, told_before=due)
    else:
        waiting = store.late_information(caller.house, caller.organisation)
    for found in waiting:
        due_on = working_days_after(found.since, WORKING_DAYS)
        yield replace(_case("late_information", found), due_on=due_on, overdue=due_on < lookup.today)


def agreements(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The standing plans in which the caller's organisation has agreed to do something. None is called overdue: nothing
    tells yet that an agreement is kept.
    """
    for plan in lookup.store(WorkStore).agreements(caller.house, caller.organisation):
        yield WorkItem(
            kind="agreement",
            object_id=str(plan.action_plan_id),
            case_id=plan.case_id,
            since=plan.agreed_on,
            due_on=plan.due_on,
            count=plan.agreements,
        )


def _case(kind: str, found: WaitingCase) -> WorkItem:
    return WorkItem(
        kind=kind,
        object_id=str(found.table_case_id),
        case_id=found.case_id,
        municipality=found.municipality,
        since=found.since,
    )


def _repeat(kind: str, question: WaitingQuestion, today: date) -> WorkItem:
    return WorkItem(
        kind=kind,
        object_id=str(question.question_id),
        case_id=question.case_id,
        municipality=question.municipality,
        since=question.received_on,
        due_on=question.due_on,
        overdue=question.due_on < today,
    )


def _at_moment(kind: str, moment: DueMoment, today: date) -> WorkItem:
    return WorkItem(
        kind=kind,
        object_id=str(moment.moment_id),
        case_id=moment.case_id,
        municipality=moment.municipality,
        since=moment.due_on,
        due_on=moment.due_on,
        overdue=moment.due_on < today,
    )
