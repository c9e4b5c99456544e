"""Stays in transition houses, from the waiting list on: load, decide, store, announce."""

from dataclasses import asdict
from datetime import date
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import stays
from services.aftercare.domain.errors import UnknownStay
from services.aftercare.domain.stays import Stay
from shared.business_dates import noon


def ask_for_stay(house: str, transition_house: str, case_id: UUID, asked_on: date, unit: Unit) -> Stay:
    """The stay that is waited for from now on."""
    unit.store.lock_stays(house)
    asked = Stay(stay_id=uuid4(), house=house, transition_house=transition_house, case_id=case_id, asked_on=asked_on)
    open_stays = unit.store.open_stays(house, transition_house, case_id)
    stay = stays.ask(asked, open_stays, unit.profile(house))
    if stay is asked:
        unit.store.add_stay(stay)
        _count("asked", stay)
    return stay


def begin_stay(house: str, stay_id: UUID, on: date, place: int | None, unit: Unit) -> Stay:
    """The stay with its place. One after the other: of two who want the last place, one gets it."""
    unit.store.lock_stays(house)
    stay = _stay_to_change(house, stay_id, unit)
    others = [each for each in unit.store.stays_from(house, on) if each.stay_id != stay_id]
    began = stays.begin(stay, on, place, others, unit.profile(house))
    if began is not stay:
        unit.store.change_stay(began)
        _announce("began", began, on, unit)
    return began


def end_stay(house: str, stay_id: UUID, on: date, unit: Unit) -> Stay:
    """The stay with its end; its place may be given again from that day on."""
    stay = _stay_to_change(house, stay_id, unit)
    ended = stays.end(stay, on)
    if ended is not stay:
        unit.store.change_stay(ended)
        _announce("ended", ended, on, unit)
    return ended


def withdraw_stay(house: str, stay_id: UUID, on: date, unit: Unit) -> Stay:
    """The stay that is no longer waited for."""
    stay = _stay_to_change(house, stay_id, unit)
    withdrawn = stays.withdraw(stay, on)
    if withdrawn is not stay:
        unit.store.change_stay(withdrawn)
        _count("withdrawn", withdrawn)
    return withdrawn


def _stay_to_change(house: str, stay_id: UUID, unit: Unit) -> Stay:
    stay = unit.store.stay_to_change(house, stay_id)
    if not stay:
        raise UnknownStay
    return stay


def _announce(what: str, stay: Stay, on: date, unit: Unit) -> None:
    unit.announce(f"stays.{what}.v1", house=stay.house, case_id=stay.case_id, time=noon(on), data=asdict(stay))
    _count(what, stay)


def _count(what: str, stay: Stay) -> None:
    metrics.STAYS.labels(stay.house, stay.transition_house, what).inc()
