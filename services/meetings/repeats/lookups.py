"""What case holders are asked about referrals on running table cases."""

from functools import partial
from operator import attrgetter
from uuid import UUID

from services.meetings.access import ANSWER_REPEAT
from services.meetings.house import House
from services.meetings.repeats.messages import (
    CaseAtTable,
    CaseAtTables,
    RepeatQuestionsQuery,
    RepeatQuestionView,
    RunningQuery,
    RunningTableCases,
)
from services.meetings.repeats.store import RepeatStore
from shared.unit import Lookup
from shared.web import Caller, Page, acts_for_house, check_cursor, page_of


def questions(caller: Caller, query: RepeatQuestionsQuery, lookup: Lookup[House]) -> Page[RepeatQuestionView]:
    """A page of those of the house, or of those that the caller's organisation holds. Raises Rejected for a cursor that
    is none.
    """
    store = lookup.store(RepeatStore)
    check_cursor(query.cursor, partial(store.table_case_of, caller.house))
    holder = None if acts_for_house(caller, ANSWER_REPEAT) else caller.organisation
    found = store.questions(caller.house, holder, query, lookup.today)
    return page_of(found, query.limit, attrgetter("question_id"))


def running(house: str, query: RunningQuery, lookup: Lookup[House]) -> RunningTableCases:
    """What runs of the people of these cases."""
    found = lookup.store(RepeatStore).running_of_cases(house, query.case_ids, lookup.today)
    return RunningTableCases(items=tuple(found))


def at_tables(house: str, case_id: UUID, lookup: Lookup[House]) -> CaseAtTables:
    """Which tables have the person of the case now, and who holds it."""
    found = lookup.store(RepeatStore).running_of_cases(house, (case_id,), lookup.today)
    return CaseAtTables(
        items=tuple(
            CaseAtTable(table=each.table, opened_on=each.opened_on, case_holder=each.case_holder) for each in found
        )
    )
