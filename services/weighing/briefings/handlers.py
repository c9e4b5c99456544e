"""Somebody moves, cancels or adds a briefing: its referrals go along, and so does the day by which partners answer."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from services.weighing.agenda.rules import on_table_next
from services.weighing.briefings.messages import ChangeBriefing, MoveBriefing, PlanExtraBriefing
from services.weighing.briefings.rules import unfit_items
from services.weighing.briefings.store import BriefingStore
from services.weighing.calendar import rules
from services.weighing.calendar.lookups import briefing_at, house_of, locked_calendar
from services.weighing.calendar.rules import Briefing, BriefingHeld
from services.weighing.calendar.store import CalendarStore
from services.weighing.house import House
from services.weighing.information_requests.handlers import reschedule
from services.weighing.referrals.rules import Referral, answer_day, next_briefing
from services.weighing.referrals.store import ReferralStore
from shared.days import FIRST_DAY
from shared.messaging import Rejected, problem_of
from shared.unit import Unit
from shared.web import Caller


def plan_extra(caller: Caller, planned: PlanExtraBriefing, unit: Unit[House]) -> Briefing:
    """Add a briefing for the referrals that were chosen for it. Raises Rejected, or what `check_day` raises."""
    house = locked_calendar(caller.house, planned.sub_region, unit)
    rules.check_day("on", planned.sub_region, planned.on, house, unit.today)
    chosen = unit.store(ReferralStore).referrals_to_weigh(caller.house, planned.referral_ids)
    _check_items(planned, chosen)
    extra = Briefing(
        briefing_id=uuid4(), house=caller.house, sub_region=planned.sub_region, on=planned.on, by_rule=None
    )
    unit.store(CalendarStore).record(extra, caller.name, planned.because)
    _bring(caller.house, chosen.values(), extra.on, FIRST_DAY, unit)
    return extra


def move(caller: Caller, briefing_on: date, command: MoveBriefing, unit: Unit[House]) -> Briefing:
    """Hold a briefing on another day. Raises UnknownBriefing and what `rules.move` raises."""
    house = locked_calendar(caller.house, command.sub_region, unit)
    briefing = briefing_at(caller.house, command.sub_region, briefing_on, unit)
    moved = rules.move(briefing, command.to, house, unit.today)
    items = _items(briefing, house, unit)
    unit.store(CalendarStore).record(moved, caller.name, command.because)
    _bring(caller.house, items, moved.on, answer_day(briefing.on, house), unit)
    return moved


def cancel(caller: Caller, briefing_on: date, command: ChangeBriefing, unit: Unit[House]) -> Briefing:
    """Cancel a briefing: its referrals come up at the next one.

    Raises UnknownBriefing and what `rules.cancel` raises.
    """
    house = locked_calendar(caller.house, command.sub_region, unit)
    briefing = briefing_at(caller.house, command.sub_region, briefing_on, unit)
    cancelled = rules.cancel(briefing)
    items = _items(briefing, house, unit)
    unit.store(CalendarStore).record(cancelled, caller.name, command.because)
    unit.store(BriefingStore).keep_items(briefing.briefing_id, items)
    following = next_briefing(briefing.sub_region, max(briefing.on, unit.today), house_of(caller.house, unit))
    _bring(caller.house, items, following, answer_day(briefing.on, house), unit)
    return cancelled


def reinstate(caller: Caller, briefing_on: date, command: ChangeBriefing, unit: Unit[House]) -> Briefing:
    """A briefing that was cancelled is held after all, with the referrals that still wait. Raises UnknownBriefing and
    what `rules.reinstate` raises.
    """
    house = locked_calendar(caller.house, command.sub_region, unit)
    briefing = briefing_at(caller.house, command.sub_region, briefing_on, unit)
    planned = rules.reinstate(briefing, house, unit.today)
    items = unit.store(BriefingStore).items_to_bring_back(briefing)
    unit.store(CalendarStore).record(planned, caller.name, command.because)
    _bring(caller.house, items, planned.on, FIRST_DAY, unit)
    return planned


def _items(briefing: Briefing, house: House, unit: Unit[House]) -> list[Referral]:
    """The referrals of a briefing that is not held yet, locked. Raises BriefingHeld."""
    store = unit.store(BriefingStore)
    locked = store.items_to_move(briefing)
    if store.has_decisions(briefing):
        raise BriefingHeld
    day, sub_region = min(unit.today, briefing.on), briefing.sub_region
    return [item for item in locked if on_table_next(sub_region, item.table_on or day, house, day) == briefing.on]


def _check_items(planned: PlanExtraBriefing, chosen: Mapping[UUID, Referral]) -> None:
    """Raises Rejected with each referral that cannot be on an extra briefing."""
    if problems := [problem_of(rule) for rule in unfit_items(planned.referral_ids, chosen, planned.sub_region)]:
        raise Rejected(*problems)


def _bring(house: str, items: Collection[Referral], to: date, asked_since: date, unit: Unit[House]) -> None:
    """Put referrals on the agenda of another briefing. asked_since: questions that were due before stay as they are."""
    moved = [replace(item, table_on=to) for item in items]
    unit.store(ReferralStore).move_on_agenda(moved)
    reschedule(house, moved, to, asked_since, unit)
    for item in moved:
        unit.concerns_case(item.case_id)
