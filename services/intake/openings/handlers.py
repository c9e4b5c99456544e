"""Purposes are opened and closed by what happens with a case, and decide who may see it."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.intake.house import House
from services.intake.openings.messages import InAftercare, OnTableCase, OnTrajectory, ReleaseDateChanged
from services.intake.openings.rules import BRIEFING, ENDED, Opening, last_day, last_day_of_detention
from services.intake.openings.store import OpeningStore
from services.intake.unit import Lookup, Unit
from shared.business_dates import dutch_date
from shared.messaging import Event

OnTable = TypeVar("OnTable", bound=OnTableCase)


def open_table(event: Event[OnTable], unit: Unit) -> None:
    """Let those who work at the table see the case."""
    _set_table(event, unit, ended=False)


def close_table(event: Event[OnTable], unit: Unit) -> None:
    """Let those who work at the table see the case for `readable_days` more."""
    _set_table(event, unit, ended=True)


def set_briefing(house: House, case_id: UUID, referral_id: UUID, unit: Unit, *, ended: bool) -> None:
    """The weighing team sees the case of a referral until it has decided, and `readable_days` longer."""
    _set(house, case_id, BRIEFING, referral_id, unit, ended=ended)


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
    house, of = unit.profile(event.house), event.data
    open_aftercare(house, event.required_case_id(), of.opened_by, unit, of.release_on)


def close_aftercare(event: Event[InAftercare], unit: Unit) -> None:
    """Let aftercare see the case for `readable_days` more, unless something else keeps it open."""
    house = unit.profile(event.house)
    until = last_day(True, house, _today(unit))
    _set_aftercare(house, event.required_case_id(), event.data.opened_by, until, unit)


def reopen_aftercare(event: Event[InAftercare], unit: Unit) -> None:
    """Let aftercare see the case again: that something ended was a slip."""
    open_aftercare(unit.profile(event.house), event.required_case_id(), event.data.opened_by, unit)


def reopen_trajectory(event: Event[OnTrajectory], unit: Unit) -> None:
    """Let aftercare see the case again, if the end of the trajectory was the slip."""
    if event.data.step == ENDED:
        open_aftercare(unit.profile(event.house), event.required_case_id(), event.data.opened_by, unit)


def open_cases(house: House, purpose: str, case_ids: Collection[UUID], unit: Lookup) -> set[UUID]:
    """Those of these cases that may be seen for the purpose now. A purpose that is not of cases is always open."""
    if house.readable_days is None or purpose not in house.purposes_of_cases:
        return {*case_ids}
    return unit.store(OpeningStore).open_cases(house.id, purpose, case_ids, _today(unit))


def _set_table(event: Event[OnTable], unit: Unit, *, ended: bool) -> None:
    house, of = unit.profile(event.house), event.data
    _set(house, event.required_case_id(), of.table, of.table_case_id, unit, ended=ended, at_table=True)


def _set_aftercare(house: House, case_id: UUID, opened_by: UUID, until: date | None, unit: Unit) -> None:
    for purpose in sorted(house.purposes_of_aftercare):
        unit.store(OpeningStore).set_opening(Opening(house.id, case_id, purpose, opened_by, until))


def _today(unit: Lookup) -> date:
    return dutch_date(unit.now())


def _set(
    house: House, case_id: UUID, purpose: str, opened_by: UUID, unit: Unit, *, ended: bool, at_table: bool = False
) -> None:
    until = last_day(ended, house, _today(unit))
    unit.store(OpeningStore).set_opening(Opening(house.id, case_id, purpose, opened_by, until, at_table))
