"""What waits for the weighing team, and for those who are asked."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from services.weighing.agenda.rules import on_table_next
from services.weighing.calendar.lookups import house_of
from services.weighing.house import House
from services.weighing.work.store import DueFollowUp, Question, WaitingBriefing, WorkStore
from shared.unit import Lookup
from shared.web import Caller
from shared.web.work import WorkItem


def briefings(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The coming briefings with referrals on their agenda, those left from earlier briefings included."""

    def place(found: WaitingBriefing) -> tuple[str, date]:
        on = on_table_next(found.sub_region, found.table_on, house_of(caller.house, lookup), lookup.today)
        return found.sub_region, on

    waiting = sorted(lookup.store(WorkStore).briefings(caller.house), key=place)
    for (sub_region, on), left in groupby(waiting, key=place):
        parts = list(left)
        yield WorkItem(
            kind="briefing",
            object_id=sub_region,
            since=min(part.since for part in parts),
            due_on=on,
            count=sum(part.waiting for part in parts),
        )


def unanswered(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The referrals on the agenda on which a partner has not answered in time."""
    for found in lookup.store(WorkStore).unanswered(caller.house, lookup.today):
        yield WorkItem(
            kind="information_overdue",
            object_id=str(found.referral_id),
            case_id=found.case_id,
            municipality=found.municipality,
            since=found.answer_by,
            due_on=found.answer_by,
            overdue=True,
            count=found.requests,
        )


def late_answers(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """What partners told after the decision of people at no table, by request, until somebody has read it."""
    for found in lookup.store(WorkStore).late_answers(caller.house):
        yield WorkItem(
            kind="late_running_there" if found.running_there else "late_answer",
            object_id=str(found.request_id),
            case_id=found.case_id,
            municipality=found.municipality,
            since=found.since,
            count=found.told,
        )


def to_call(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The questions of which somebody calls the partner, since no message asks or reminds it."""
    house = lookup.profile(caller.house)
    waiting = lookup.store(WorkStore).to_call(
        caller.house,
        lookup.today,
        hear_questions=house.hear_questions,
        hear_each_question=house.hear_each_question,
        hear_reminders=house.hear_reminders,
    )
    yield from (_question("partner_to_call", each, lookup.today) for each in waiting)


def questions(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """What the caller's organisation is asked about referrals on the agenda, and has not answered."""
    for asked in lookup.store(WorkStore).questions(caller.house, caller.organisation):
        yield _question("information_request", asked, lookup.today)


def to_settle(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The briefings that the chair has opened and not settled; overdue when their day is over."""
    for held in lookup.store(WorkStore).to_settle(caller.house):
        yield WorkItem(
            kind="briefing_to_settle",
            object_id=held.sub_region,
            since=held.on,
            due_on=held.on,
            overdue=held.on < lookup.today,
            count=held.waiting,
        )


def follow_ups(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """What was agreed and is due today or overdue, of whichever owner: somebody calls."""
    for found in lookup.store(WorkStore).follow_ups(caller.house, lookup.today):
        yield _follow_up(found, lookup.today)


def own_follow_ups(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """What the caller's organisation is to do after decisions, due or not, unless a colleague does it in time."""
    people = {caller.id, caller.standing_in_for or caller.id}
    for found in lookup.store(WorkStore).own_follow_ups(caller.house, caller.organisation, people, lookup.today):
        yield _follow_up(found, lookup.today)


def _question(kind: str, asked: Question, today: date) -> WorkItem:
    return WorkItem(
        kind=kind,
        object_id=str(asked.request_id),
        case_id=asked.case_id,
        municipality=asked.municipality,
        since=asked.received_on,
        due_on=asked.answer_by,
        overdue=asked.answer_by < today,
    )


def _follow_up(found: DueFollowUp, today: date) -> WorkItem:
    return WorkItem(
        kind="follow_up",
        object_id=str(found.follow_up_id),
        case_id=found.case_id,
        municipality=found.municipality,
        since=found.agreed_on,
        due_on=found.due_on,
        overdue=found.due_on < today,
    )
