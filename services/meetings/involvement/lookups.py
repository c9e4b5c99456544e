"""What people of a partner see of a case."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.meetings.access import AGREED, HOLDS, SEE_CASE
from services.meetings.house import House
from services.meetings.involvement.messages import InvolvedTableCase, Repeated, SessionDay
from services.meetings.involvement.rules import agreements_of, is_over
from services.meetings.late_information.store import LateInformationStore
from services.meetings.plans.rules import StandingPlan
from services.meetings.plans.store import PlanStore
from services.meetings.releases.store import ReleaseStore
from services.meetings.repeats.store import RepeatStore
from services.meetings.sessions.store import SessionStore
from services.meetings.table_cases.rules import TableCase
from services.meetings.table_cases.store import TableCaseStore
from shared.rules import UnknownCase
from shared.suspects.lookups import suspect_since
from shared.unit import Lookup
from shared.web import Caller, possible_relations


def involvement(caller: Caller, case_id: UUID, most: int, lookup: Lookup[House]) -> tuple[InvolvedTableCase, ...]:
    """The newest first. Raises UnknownCase unless the caller's organisation has a part in a plan that stands."""
    since = lookup.today - timedelta(days=lookup.profile(caller.house).relation_days)
    found = lookup.store(TableCaseStore).table_cases_of_case(caller.house, case_id, most)
    parts = (_part(table_case, caller, lookup) for table_case in found if not is_over(table_case, since))
    involved = tuple(part for part in parts if part)
    if not involved:
        raise UnknownCase
    return involved


def _part(table_case: TableCase, caller: Caller, lookup: Lookup[House]) -> InvolvedTableCase | None:
    """None without a relation to this table case."""
    by, standing = possible_relations(caller, SEE_CASE), lookup.store(PlanStore).standing_plan(table_case.table_case_id)
    if standing is None:
        return None
    plan = standing.plan
    holds = HOLDS in by and plan.case_holder == caller.organisation
    own = agreements_of(caller.organisation, plan) if AGREED in by else ()
    if not (holds or own):
        return None
    sessions = lookup.store(SessionStore).sessions_of_case(table_case.table_case_id)
    return InvolvedTableCase(
        table_case_id=table_case.table_case_id,
        table=table_case.table,
        opened_on=table_case.opened_on,
        closed_on=table_case.closing.closed_on if table_case.closing else None,
        holds=holds,
        case_holder=plan.case_holder,
        agreed_on=plan.agreed_on,
        agreements=plan.agreements if holds else own,
        sessions=tuple(SessionDay(held_on=each.held_on, state=each.state) for each in sessions),
        **(_for_holder(table_case, standing, lookup) if holds else {}),
    )


def _for_holder(table_case: TableCase, standing: StandingPlan, lookup: Lookup[House]) -> dict[str, Any]:
    house, id = table_case.house, table_case.table_case_id
    repeats = lookup.store(TableCaseStore).repeats_of_case(id)
    return {
        "moments": standing.moments,
        "repeats": tuple(
            Repeated(weighed_on=each["weighed_on"], decision=each["decision"])
            for each in repeats
            if each["withdrawn_on"] is None
        ),
        "releases": tuple(lookup.store(ReleaseStore).releases(house, table_case.case_id)),
        "suspect_since": suspect_since(house, table_case.case_id, lookup),
        "repeat_questions": tuple(lookup.store(RepeatStore).questions_of_case(house, id, lookup.today)),
        "late_information": tuple(lookup.store(LateInformationStore).of_case(id)),
    }
