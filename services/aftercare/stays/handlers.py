"""The coordinator keeps the waiting lists and gives places."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.cases.store import CaseStore
from services.aftercare.house import House
from services.aftercare.records.messages import Correction
from services.aftercare.stays import rules
from services.aftercare.stays.messages import (
    AskForStay,
    BeginStay,
    CorrectBeginning,
    CorrectEnd,
    StayBegan,
    StayEnded,
    StayStepWithdrawn,
)
from services.aftercare.stays.rules import Stay
from services.aftercare.stays.store import StayStore
from shared.aliases.store import AliasStore
from shared.unit import Unit

BEGAN, ENDED = "began", "ended"
"""The steps of a stay that can be taken back."""


def ask_for_stay(house: str, wanted: AskForStay, by: str, unit: Unit[House]) -> Stay:
    """Put somebody on the waiting list. The same request again changes nothing."""
    store = unit.store(StayStore)
    store.lock_stays(house)
    unit.store(CaseStore).check_case(house, wanted.case_id)
    open_stays = store.open_stays(house, wanted.transition_house, wanted.case_id)
    stay = rules.ask(_new_stay(house, wanted), open_stays, unit.profile(house))
    if stay not in open_stays:
        store.add_stay(stay, by)
        _count("asked", stay)
    return stay


def begin_stay(house: str, stay_id: UUID, wanted: BeginStay, by: str, unit: Unit[House]) -> Stay:
    """Give the stay its place. If two callers compete for the last place, one succeeds."""
    store = unit.store(StayStore)
    store.lock_stays(house)
    stay = store.stay_to_change(house, stay_id)
    others = _others(stay, wanted.on, unit)
    began = rules.begin(stay, wanted.on, wanted.place, others, unit.profile(house))
    if began is not stay:
        _keep_beginning(began, wanted.on, by, unit)
    return began


def correct_beginning(house: str, stay_id: UUID, right: CorrectBeginning, by: str, unit: Unit[House]) -> Stay:
    """Record the right beginning in place of the one that stands, which was a slip. The same again changes nothing."""
    stay, others = _with_others(house, stay_id, unit)
    moved = rules.move(stay, right.on, right.place, others, unit.profile(house))
    if moved is not stay:
        _withdraw(moved, BEGAN, right, by, unit)
        _keep_beginning(moved, right.on, by, unit)
        if moved.ended_on:
            _announce_end(moved, moved.ended_on, unit)
    return moved


def withdraw_beginning(house: str, stay_id: UUID, slip: Correction, by: str, unit: Unit[House]) -> Stay:
    """Withdraw the beginning, which was a slip: somebody waits again."""
    stay, _ = _with_others(house, stay_id, unit)
    waiting = rules.without_beginning(stay)
    _withdraw(waiting, BEGAN, slip, by, unit)
    return waiting


def end_stay(house: str, stay_id: UUID, on: date, by: str, unit: Unit[House]) -> Stay:
    """Record the end of the stay; its place may be given again from that day on."""
    stay = unit.store(StayStore).stay_to_change(house, stay_id)
    ended = rules.end(stay, on)
    if ended is not stay:
        _keep_end(ended, on, by, unit)
    return ended


def correct_end(house: str, stay_id: UUID, right: CorrectEnd, by: str, unit: Unit[House]) -> Stay:
    """Record the right end in place of the one that stands, which was a slip. The same again changes nothing."""
    stay, others = _with_others(house, stay_id, unit)
    ended = rules.end_anew(stay, right.on, others)
    if ended is not stay:
        _withdraw(ended, ENDED, right, by, unit)
        _keep_end(ended, right.on, by, unit)
    return ended


def withdraw_end(house: str, stay_id: UUID, slip: Correction, by: str, unit: Unit[House]) -> Stay:
    """Withdraw the end, which was a slip: somebody lives there still."""
    stay, others = _with_others(house, stay_id, unit)
    open_stays = unit.store(StayStore).open_stays(house, stay.transition_house, stay.case_id)
    running = rules.without_end(stay, others, open_stays)
    _withdraw(running, ENDED, slip, by, unit)
    return running


def withdraw_stay(house: str, stay_id: UUID, on: date, by: str, unit: Unit[House]) -> Stay:
    """Take the stay off the waiting list."""
    stay = unit.store(StayStore).stay_to_change(house, stay_id)
    withdrawn = rules.withdraw(stay, on)
    if withdrawn is not stay:
        unit.store(StayStore).take_step(withdrawn, "withdrawn", on, by)
        _count("withdrawn", withdrawn)
    return withdrawn


def _with_others(house: str, stay_id: UUID, unit: Unit[House]) -> tuple[Stay, list[Stay]]:
    """A stay, and all others that ever began: while its days change nobody else gets a place."""
    store = unit.store(StayStore)
    store.lock_stays(house)
    stay = store.stay_to_change(house, stay_id)
    return stay, _others(stay, date.min, unit)


def _others(stay: Stay, on: date, unit: Unit[House]) -> list[Stay]:
    """All other stays that began and are not over by a day: those of the person's other records as of this case."""
    records = unit.store(AliasStore).group(stay.case_id)
    others = (other for other in unit.store(StayStore).stays_from(stay.house, on) if other.stay_id != stay.stay_id)
    return [replace(other, case_id=stay.case_id) if other.case_id in records else other for other in others]


def _keep_beginning(began: Stay, on: date, by: str, unit: Unit[House]) -> None:
    unit.store(StayStore).take_step(began, BEGAN, on, by)
    message = StayBegan(
        stay_id=began.stay_id, transition_house=began.transition_house, asked_on=began.asked_on, began_on=on
    )
    unit.announce_on(on, message, began)
    _count(BEGAN, began)


def _keep_end(ended: Stay, on: date, by: str, unit: Unit[House]) -> None:
    unit.store(StayStore).take_step(ended, ENDED, on, by)
    _announce_end(ended, on, unit)
    _count(ENDED, ended)


def _announce_end(ended: Stay, on: date, unit: Unit[House]) -> None:
    assert ended.began_on
    message = StayEnded(
        stay_id=ended.stay_id, transition_house=ended.transition_house, began_on=ended.began_on, ended_on=on
    )
    unit.announce_on(on, message, ended)


def _withdraw(without: Stay, step: str, slip: Correction, by: str, unit: Unit[House]) -> None:
    """Store and announce that a step was a slip. without: the stay without it, or with the right one in its place."""
    unit.store(StayStore).withdraw_step(without, step, slip.because, by)
    message = StayStepWithdrawn(
        stay_id=without.stay_id, transition_house=without.transition_house, step=step, withdrawn_on=unit.today
    )
    unit.announce_on(unit.today, message, without)
    _count("taken_back", without)


def _new_stay(house: str, wanted: AskForStay) -> Stay:
    return Stay(
        stay_id=uuid4(),
        house=house,
        transition_house=wanted.transition_house,
        case_id=wanted.case_id,
        asked_on=wanted.asked_on,
    )


def _count(what: str, stay: Stay) -> None:
    metrics.STAYS.labels(stay.house, stay.transition_house, what).inc()
