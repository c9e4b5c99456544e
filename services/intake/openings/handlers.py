"""Purposes are opened and closed by what happens with a case, and decide who may see it."""

from collections.abc import Collection
from uuid import UUID

from services.intake.house import House
from services.intake.openings.messages import OnTableCase
from services.intake.openings.rules import BRIEFING, Opening, last_day
from services.intake.openings.store import OpeningStore
from services.intake.unit import Lookup, Unit
from shared.business_dates import dutch_date
from shared.messaging import Event


def open_table(event: Event[OnTableCase], unit: Unit) -> None:
    """Let those who work at the table see the case."""
    _set_table(event, unit, ended=False)


def close_table(event: Event[OnTableCase], unit: Unit) -> None:
    """Let those who work at the table see the case for `readable_days` more."""
    _set_table(event, unit, ended=True)


def set_briefing(house: House, case_id: UUID, referral_id: UUID, unit: Unit, *, ended: bool) -> None:
    """The weighing team sees the case of a referral until it has decided, and `readable_days` longer."""
    _set(house, case_id, BRIEFING, referral_id, unit, ended=ended)


def open_aftercare(house: House, case_id: UUID, opened_by: UUID, unit: Unit) -> None:
    """Aftercare sees whom a detention or an assignment is about. Nothing tells intake when that ends."""
    for purpose in sorted(house.purposes_of_aftercare):
        _set(house, case_id, purpose, opened_by, unit, ended=False)


def open_cases(house: House, purpose: str, case_ids: Collection[UUID], unit: Lookup) -> set[UUID]:
    """Those of these cases that may be seen for the purpose now. A purpose that is not of cases is always open."""
    if house.readable_days is None or purpose not in house.purposes_of_cases:
        return {*case_ids}
    return unit.store(OpeningStore).open_cases(house.id, purpose, case_ids, dutch_date(unit.now()))


def _set_table(event: Event[OnTableCase], unit: Unit, *, ended: bool) -> None:
    house, of = unit.profile(event.house), event.data
    _set(house, event.required_case_id(), of.table, of.table_case_id, unit, ended=ended, at_table=True)


def _set(
    house: House, case_id: UUID, purpose: str, opened_by: UUID, unit: Unit, *, ended: bool, at_table: bool = False
) -> None:
    until = last_day(ended, house, dutch_date(unit.now()))
    unit.store(OpeningStore).set_opening(Opening(house.id, case_id, purpose, opened_by, until, at_table))
