"""One table case with all that happened to it."""

from uuid import UUID

from services.meetings.access import SEE_CASE
from services.meetings.clients.store import ClientStore
from services.meetings.closings.store import ClosingStore
from services.meetings.house import House
from services.meetings.involvement.lookups import involvement
from services.meetings.late_information.store import LateInformationStore
from services.meetings.overview.messages import (
    MOST_OF_A_CASE,
    MeetingsCase,
    TableCaseInDetail,
    TableCaseReferral,
    TableCaseRepeat,
)
from services.meetings.plans.store import PlanStore
from services.meetings.releases.store import ReleaseStore
from services.meetings.repeats.store import RepeatStore
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.rules import TableCase, UnknownTableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.aliases.store import AliasStore
from shared.postgres import as_row
from shared.rules import UnknownCase
from shared.suspects.lookups import suspect_since
from shared.unit import Lookup
from shared.web import Caller, acts_for_house


def table_case(house: str, table_case_id: UUID, lookup: Lookup[House]) -> TableCaseInDetail:
    """Raises UnknownTableCase."""
    found = lookup.store(TableCaseStore).table_case(house, table_case_id)
    if not found:
        raise UnknownTableCase
    return _in_detail(found, lookup)


def case(caller: Caller, case_id: UUID, lookup: Lookup[House]) -> MeetingsCase:
    """All that meetings knows of a case, or what a partner may see of it. Raises UnknownCase."""
    if not acts_for_house(caller, SEE_CASE):
        return MeetingsCase(case_id=case_id, involvement=involvement(caller, case_id, MOST_OF_A_CASE, lookup))
    found = lookup.store(TableCaseStore).table_cases_of_case(caller.house, case_id, MOST_OF_A_CASE)
    if not found:
        raise UnknownCase
    return MeetingsCase(
        case_id=case_id,
        case_ids=lookup.store(AliasStore).group(case_id),
        table_cases=tuple(_in_detail(table_case, lookup) for table_case in found),
    )


def _in_detail(found: TableCase, lookup: Lookup[House]) -> TableCaseInDetail:
    store, plans, table_case_id = lookup.store(TableCaseStore), lookup.store(PlanStore), found.table_case_id
    return TableCaseInDetail(
        **as_row(found),
        referrals=tuple(TableCaseReferral(**row) for row in store.referrals(table_case_id)),
        repeats=tuple(TableCaseRepeat(**row) for row in store.repeats_of_case(table_case_id)),
        sessions=tuple(lookup.store(SessionStore).sessions_of_case(table_case_id)),
        standing_plan=plans.standing_plan(table_case_id),
        plans=tuple(plans.plans(table_case_id)),
        answers=tuple(plans.answers(table_case_id)),
        closings=tuple(lookup.store(ClosingStore).closings(table_case_id)),
        releases=tuple(lookup.store(ReleaseStore).releases(found.house, found.case_id)),
        client_at_table=lookup.store(ClientStore).client(table_case_id),
        suspect_since=suspect_since(found.house, found.case_id, lookup),
        repeat_questions=tuple(lookup.store(RepeatStore).questions_of_case(found.house, table_case_id, lookup.today)),
        late_information=tuple(lookup.store(LateInformationStore).of_case(table_case_id)),
    )
