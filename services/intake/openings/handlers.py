"""Purposes are opened and closed by what happens with a case, and decide who may see it."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.intake.house import House
from services.intake.openings.messages import (
    ActionPlanAgreed,
    ActionPlanWithdrawn,
    InAftercare,
    OnStay,
    OnTableCase,
    OnTrajectory,
    ReleaseDateChanged,
)
from services.intake.openings.rules import BRIEFING, ENDED, CaseHolder, Opening, last_day, last_day_of_detention
from services.intake.openings.store import OpeningStore
from services.intake.unit import Lookup, Unit
from shared.business_dates import dutch_date
from shared.messaging import Event

OnTable = TypeVar("OnTable", bound=OnTableCase)
OfAftercare = TypeVar("OfAftercare", bound=InAftercare)


def open_table(event: Event[OnTable], unit: Unit) -> None:
    """Let those who work at the table see the case."""
    _set_table(event, unit, ended=False)


def close_table(event: Event[OnTable], unit: Unit) -> None:
    """Let those who work at the table see the case for `readable_days` more."""
    _set_table(event, unit, ended=True)


def follow_plan(event: Event[ActionPlanAgreed], unit: Unit) -> None:
    """Keep who holds the case: the holder reads what came late."""
    plan = event.data
    holder = CaseHolder(plan.action_plan_id or event.id, plan.table_case_id, plan.case_holder, event.id)
    unit.store(OpeningStore).set_case_holder(holder)


def follow_withdrawn_plan(event: Event[ActionPlanWithdrawn], unit: Unit) -> None:
    """Keep that a plan names the holder of the case no more; the plan before does."""
    holder = CaseHolder(event.data.action_plan_id, event.data.table_case_id, None, event.id)
    unit.store(OpeningStore).set_case_holder(holder)


def set_briefing(
    house: House, case_id: UUID, referral_id: UUID, unit: Unit, *, ended: bool, told_by: UUID | None = None
) -> None:
    """The weighing team sees the case of a referral until it has decided, and `readable_days` longer.

    told_by: the event of weighing that says so.
    """
    until = last_day(ended, house, _today(unit))
    unit.store(OpeningStore).set_opening(Opening(house.id, case_id, BRIEFING, referral_id, until, told_by=told_by))


def end_briefing(house: House, referral_id: UUID, unit: Unit) -> None:
    """The weighing team sees the case of a referral for `readable_days` more, if it sees the case for it now."""
    until = last_day(True, house, _today(unit))
    assert until
    unit.store(OpeningStore).end_opening(BRIEFING, referral_id, until)


def open_aftercare(house: House, case_id: UUID, opened_by: UUID, unit: Unit, release_on: date | None = None) -> None:
    """Aftercare sees whom a detention or an assignment is about. release_on: of a detention, if it is known."""
    _set_aftercare(house, case_id, opened_by, last_day_of_detention(release_on, house, _today(unit)), unit)


def follow_release(event: Event[ReleaseDateChanged], unit: Unit) -> None:
    """Let aftercare see the case until it has asked for the last time what became of the plan."""
    _follow_aftercare(
        event, last_day_of_detention(event.data.release_on, unit.profile(event.house), _today(unit)), unit
    )


def close_aftercare(event: Event[OfAftercare], unit: Unit) -> None:
    """Let aftercare see the case for `readable_days` more, unless something else keeps it open."""
    _follow_aftercare(event, last_day(True, unit.profile(event.house), _today(unit)), unit)


def keep_aftercare_open(event: Event[OfAftercare], unit: Unit) -> None:
    """Let aftercare see the case: something begins there, or that it ended was a slip."""
    _follow_aftercare(event, None, unit)


def reopen_trajectory(event: Event[OnTrajectory], unit: Unit) -> None:
    """Let aftercare see the case again, if the end of the trajectory was the slip."""
    if event.data.step == ENDED:
        _follow_aftercare(event, None, unit)


def follow_stay_slip(event: Event[OnStay], unit: Unit) -> None:
    """Let aftercare see the case again if the end of the stay was the slip, and no longer if its beginning was."""
    if event.data.step == ENDED:
        keep_aftercare_open(event, unit)
    else:
        close_aftercare(event, unit)


def open_cases(house: House, purpose: str, case_ids: Collection[UUID], unit: Lookup) -> set[UUID]:
    """Those of these cases that may be seen for the purpose now. A purpose that is not of cases is always open."""
    if house.readable_days is None or purpose not in house.purposes_of_cases:
        return {*case_ids}
    return unit.store(OpeningStore).open_cases(house.id, purpose, case_ids, _today(unit))


def held_cases(house: House, partner: str, case_ids: Collection[UUID], unit: Lookup) -> set[UUID]:
    """Those of these cases that the partner holds at a table, and that may be seen there."""
    return unit.store(OpeningStore).held_cases(house.id, partner, case_ids, _today(unit))


def _set_table(event: Event[OnTable], unit: Unit, *, ended: bool) -> None:
    house, of = unit.profile(event.house), event.data
    until = last_day(ended, house, _today(unit))
    opening = Opening(house.id, event.required_case_id(), of.table, of.table_case_id, until, True, event.id)
    unit.store(OpeningStore).set_opening(opening)


def _follow_aftercare(event: Event[OfAftercare], until: date | None, unit: Unit) -> None:
    of = event.data.opened_by
    _set_aftercare(unit.profile(event.house), event.required_case_id(), of, until, unit, told_by=event.id)


def _set_aftercare(
    house: House, case_id: UUID, opened_by: UUID, until: date | None, unit: Unit, *, told_by: UUID | None = None
) -> None:
    for purpose in sorted(house.purposes_of_aftercare):
        opening = Opening(house.id, case_id, purpose, opened_by, until, told_by=told_by)
        unit.store(OpeningStore).set_opening(opening)


def _today(unit: Lookup) -> date:
    return dutch_date(unit.now())
