"""One table case with all that happened to it."""

from uuid import UUID

from services.meetings.closings.store import ClosingStore
from services.meetings.house import House
from services.meetings.overview.messages import TableCaseInDetail, TableCaseReferral, TableCaseRepeat
from services.meetings.plans.store import PlanStore
from services.meetings.releases.store import ReleaseStore
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.rules import UnknownTableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.postgres import as_row
from shared.unit import Lookup


def table_case(house: str, table_case_id: UUID, lookup: Lookup[House]) -> TableCaseInDetail:
    """Raises UnknownTableCase."""
    store, plans = lookup.store(TableCaseStore), lookup.store(PlanStore)
    found = store.table_case(house, table_case_id)
    if not found:
        raise UnknownTableCase
    return TableCaseInDetail(
        **as_row(found),
        referrals=tuple(TableCaseReferral(**row) for row in store.referrals(table_case_id)),
        repeats=tuple(TableCaseRepeat(**row) for row in store.repeats_of_case(table_case_id)),
        sessions=tuple(lookup.store(SessionStore).sessions_of_case(table_case_id)),
        standing_plan=plans.standing_plan(table_case_id),
        plans=tuple(plans.plans(table_case_id)),
        answers=tuple(plans.answers(table_case_id)),
        closings=tuple(lookup.store(ClosingStore).closings(table_case_id)),
        releases=tuple(lookup.store(ReleaseStore).releases(house, found.case_id)),
    )
