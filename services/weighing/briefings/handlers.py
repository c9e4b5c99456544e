"""Somebody moves, cancels or adds a briefing: its referrals go along, and so does the day by which partners answer."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from services.weighing.agenda.rules import on_table_next
from services.weighing.briefings import rules
from services.weighing.briefings.messages import (
    AdvanceBriefing,
    CarryOver,
    ChangeBriefing,
    MoveBriefing,
    PlanExtraBriefing,
    PrepareBriefing,
    Progress,
)
from services.weighing.briefings.store import BriefingStore
from services.weighing.calendar import rules as calendar
from services.weighing.calendar.lookups import briefing_at, house_of, locked_calendar
from services.weighing.calendar.rules import Briefing, BriefingHeld
from services.weighing.calendar.store import CalendarStore
from services.weighing.decisions.lookups import lacking_follow_up
from services.weighing.decisions.returns import follow_moved
from services.weighing.house import House
from services.weighing.information_requests.handlers import reschedule
from services.weighing.marks.lookups import agenda_order
from services.weighing.referrals.rules import Referral, answer_day, next_briefing
from services.weighing.referrals.store import ReferralStore
from services.weighing.seats.store import SeatStore
from shared.days import FIRST_DAY
from shared.messaging import Rejected, problem_of
from shared.rules import BrokenRule
from shared.unit import Unit
from shared.web import Caller


def plan_extra(caller: Caller, planned: PlanExtraBriefing, unit: Unit[House]) -> Briefing:
    """Add a briefing for the referrals that were chosen for it. Raises Rejected, or what `check_day` raises."""
    house = locked_calendar(caller.house, planned.sub_region, unit)
    calendar.check_day("on", planned.sub_region, planned.on, house, unit.today)
    chosen = unit.store(ReferralStore).referrals_to_weigh(caller.house, planned.referral_ids)
    _refuse(rules.unfit_items(planned.referral_ids, chosen, planned.sub_region))
    extra = Briefing(
        briefing_id=uuid4(), house=caller.house, sub_region=planned.sub_region, on=planned.on, by_rule=None
    )
    unit.store(CalendarStore).record(extra, caller.name, planned.because)
    _bring(caller.house, chosen.values(), extra.on, FIRST_DAY, unit)
    return extra


def move(caller: Caller, briefing_on: date, command: MoveBriefing, unit: Unit[House]) -> Briefing:
    """Hold a briefing on another day. Raises UnknownBriefing and what `calendar.move` raises."""
    house, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    moved = calendar.move(briefing, command.to, house, unit.today)
    items = _items(briefing, house, unit)
    unit.store(CalendarStore).record(moved, caller.name, command.because)
    _bring(caller.house, items, moved.on, answer_day(briefing.on, house), unit)
    return moved


def cancel(caller: Caller, briefing_on: date, command: ChangeBriefing, unit: Unit[House]) -> Briefing:
    """Cancel a briefing: its referrals come up at the next one.

    Raises UnknownBriefing and what `calendar.cancel` raises.
    """
    house, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    cancelled = calendar.cancel(briefing)
    items = _items(briefing, house, unit)
    unit.store(CalendarStore).record(cancelled, caller.name, command.because)
    unit.store(BriefingStore).keep_items(briefing.briefing_id, items)
    following = next_briefing(briefing.sub_region, max(briefing.on, unit.today), house_of(caller.house, unit))
    _bring(caller.house, items, following, answer_day(briefing.on, house), unit)
    return cancelled


def take_back(caller: Caller, briefing_on: date, command: ChangeBriefing, unit: Unit[House]) -> Briefing:
    """Take back what was recorded of a briefing last; referrals that still wait return to one that was cancelled.

    Raises UnknownBriefing and what `calendar.take_back` raises.
    """
    house, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    before = calendar.take_back(briefing, house, unit.today)
    cancelled = briefing.state is calendar.State.CANCELLED
    items = unit.store(BriefingStore).items_to_bring_back(briefing) if cancelled else []
    unit.store(CalendarStore).record(before, caller.name, command.because)
    _bring(caller.house, items, before.on, FIRST_DAY, unit)
    return before


def prepare(caller: Caller, briefing_on: date, command: PrepareBriefing, unit: Unit[House]) -> Briefing:
    """Fix the agenda of a briefing. Raises UnknownBriefing, Rejected and what `rules.prepare` raises."""
    house, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    prepared = rules.prepare(briefing)
    items = _items(briefing, house, unit)
    _refuse(rules.not_on_agenda("referralIds", command.referral_ids, {item.referral_id for item in items}))
    unit.store(CalendarStore).record(prepared, caller.name)
    store = unit.store(BriefingStore)
    store.put_first(briefing.briefing_id, list(dict.fromkeys(command.referral_ids)))
    store.fix_agenda(briefing.briefing_id, agenda_order(items, unit))
    return prepared


def hold(caller: Caller, briefing_on: date, command: AdvanceBriefing, unit: Unit[House]) -> Briefing:
    """Open a briefing: its agenda stays as it is now. Raises UnknownBriefing and what `rules.hold` raises."""
    house, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    held = rules.hold(briefing, unit.store(SeatStore).seats(briefing.briefing_id), house, unit.today)
    unit.store(CalendarStore).record(held, caller.name)
    store, waiting = unit.store(BriefingStore), _coming_up(briefing, house, unit)
    store.fix_agenda(briefing.briefing_id, agenda_order([*store.decided_at(briefing), *waiting], unit))
    return held


def settle(caller: Caller, briefing_on: date, command: AdvanceBriefing, unit: Unit[House]) -> Briefing:
    """Be done with a briefing. Raises UnknownBriefing and what `rules.settle` raises."""
    _, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    items = unit.store(BriefingStore).items(briefing)
    lacking = lacking_follow_up(briefing.house, briefing.on, [item.referral_id for item in items], unit)
    numbers = [item.number for item in items if item.referral_id in lacking]
    settled = rules.settle(briefing, len(_waiting(briefing, unit)), numbers)
    unit.store(CalendarStore).record(settled, caller.name)
    return settled


def carry_over(caller: Caller, briefing_on: date, command: CarryOver, unit: Unit[House]) -> Briefing:
    """Move referrals of a briefing that is held to the next one. Raises UnknownBriefing, NotHeld, Rejected."""
    house, briefing = _to_change(caller, command.sub_region, briefing_on, unit)
    rules.check_held(briefing)
    locked = unit.store(ReferralStore).referrals_to_weigh(caller.house, command.referral_ids)
    _refuse(rules.not_on_agenda("referralIds", command.referral_ids, _waiting(briefing, unit)))
    following = next_briefing(briefing.sub_region, max(briefing.on, unit.today) + timedelta(days=1), house)
    unit.store(CalendarStore).record(briefing, caller.name, command.because)
    _bring(caller.house, locked.values(), following, FIRST_DAY, unit)
    return briefing


def _to_change(caller: Caller, sub_region: str, on: date, unit: Unit[House]) -> tuple[House, Briefing]:
    """The house and the briefing, with the calendar locked. Raises UnknownSubRegion, UnknownBriefing."""
    house = locked_calendar(caller.house, sub_region, unit)
    return house, briefing_at(caller.house, sub_region, on, unit)


def _waiting(briefing: Briefing, unit: Unit[House]) -> set[UUID]:
    """The referrals on the fixed agenda on which nothing was decided."""
    items = unit.store(BriefingStore).items(briefing)
    return {item.referral_id for item in items if item.progress is Progress.WAITING}


def _items(briefing: Briefing, house: House, unit: Unit[House]) -> list[Referral]:
    """The referrals of a briefing that is not held yet, locked. Raises BriefingHeld."""
    items = _coming_up(briefing, house, unit)
    if unit.store(BriefingStore).has_decisions(briefing):
        raise BriefingHeld
    return items


def _coming_up(briefing: Briefing, house: House, unit: Unit[House]) -> list[Referral]:
    """The referrals that come up at a briefing first, locked."""
    locked = unit.store(BriefingStore).items_to_move(briefing)
    day, sub_region = min(unit.today, briefing.on), briefing.sub_region
    return [item for item in locked if on_table_next(sub_region, item.table_on or day, house, day) == briefing.on]


def _refuse(broken: Iterable[BrokenRule]) -> None:
    """Raises Rejected if a rule is broken."""
    if problems := [problem_of(rule) for rule in broken]:
        raise Rejected(*problems)


def _bring(house: str, items: Collection[Referral], to: date, asked_since: date, unit: Unit[House]) -> None:
    """Put referrals on the agenda of another briefing. asked_since: questions that were due before stay as they are."""
    moved = [replace(item, table_on=to) for item in items]
    unit.store(ReferralStore).move_on_agenda(moved)
    reschedule(house, moved, to, asked_since, unit)
    follow_moved(house, items, to, unit)
    for item in moved:
        unit.concerns_case(item.case_id)
