"""The process director or the case holder writes what ZSM hears of a case."""

from uuid import UUID, uuid4

from services.meetings.access import ADVISED, SEE_ADVICE, WRITE_ADVICE
from services.meetings.house import House
from services.meetings.plans.store import PlanStore
from services.meetings.table_cases.rules import TableCase, UnknownTableCase, require_running
from services.meetings.table_cases.store import TableCaseStore
from services.meetings.zsm_advices.messages import WriteAdvice, ZsmAdvice, ZsmAdviceWritten
from services.meetings.zsm_advices.rules import NoPlan, UnknownAdvice
from services.meetings.zsm_advices.store import ZsmAdviceStore
from shared.unit import Lookup, Unit
from shared.web import Caller, acts_for_house, possible_relations


def write_advice(caller: Caller, table_case_id: UUID, advice: WriteAdvice, unit: Unit[House]) -> ZsmAdvice:
    """Record the advice, in the place of one before. The same advice again changes nothing.

    Raises UnknownTableCase, also for a partner that does not hold the case; NoPlan.
    """
    table_case = unit.store(TableCaseStore).table_case_to_change(caller.house, table_case_id)
    if not acts_for_house(caller, WRITE_ADVICE) and not _holds(caller, table_case, unit):
        raise UnknownTableCase
    require_running(table_case, unit.today, "tableCaseId")
    if unit.store(PlanStore).standing_plan(table_case_id) is None:
        raise NoPlan
    store = unit.store(ZsmAdviceStore)
    before = store.newest(table_case_id)
    if before and (before.sketch, before.measures) == (advice.sketch, advice.measures):
        return before
    return _add(caller, table_case, advice, unit)


def _add(caller: Caller, table_case: TableCase, advice: WriteAdvice, unit: Unit[House]) -> ZsmAdvice:
    advice_id, on = uuid4(), unit.today
    unit.store(ZsmAdviceStore).add_advice(table_case, advice_id, advice, on, caller.name)
    message = ZsmAdviceWritten(advice_id=advice_id, table_case_id=table_case.table_case_id, written_on=on)
    unit.announce_on(on, message, table_case)
    return ZsmAdvice(
        advice_id=advice_id,
        table_case_id=table_case.table_case_id,
        case_id=table_case.case_id,
        written_on=on,
        written_by=caller.name,
        sketch=advice.sketch,
        measures=advice.measures,
    )


def seen_advice(caller: Caller, advice_id: UUID, unit: Unit[House]) -> ZsmAdvice:
    """An advice for the house, the case holder, or, while it counts and the case runs, for whom it is written.

    Raises UnknownAdvice.
    """
    found = unit.store(ZsmAdviceStore).advice(caller.house, advice_id)
    if found is None or not _may_see(caller, found, unit):
        raise UnknownAdvice
    unit.concerns_case(found.case_id)
    return found


def _may_see(caller: Caller, advice: ZsmAdvice, unit: Unit[House]) -> bool:
    table_case = unit.store(TableCaseStore).table_case(caller.house, advice.table_case_id)
    if table_case is None:
        return False
    if acts_for_house(caller, WRITE_ADVICE) or _holds(caller, table_case, unit):
        return True
    by_relation = ADVISED in possible_relations(caller, SEE_ADVICE)
    if not by_relation or caller.organisation not in unit.profile(caller.house).advised:
        return False
    is_over = table_case.closing or table_case.withdrawn_on
    return not is_over and unit.store(ZsmAdviceStore).newest(table_case.table_case_id) == advice


def _holds(caller: Caller, table_case: TableCase, lookup: Lookup[House]) -> bool:
    standing = lookup.store(PlanStore).standing_plan(table_case.table_case_id)
    may_hold = bool(possible_relations(caller, WRITE_ADVICE))
    return may_hold and standing is not None and standing.plan.case_holder == caller.organisation
