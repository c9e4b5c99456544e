"""The coordinator keeps the waiting lists and gives places."""

from datetime import date
from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.cases.store import CaseStore
from services.aftercare.house import House
from services.aftercare.stays import rules
from services.aftercare.stays.messages import AskForStay, BeginStay, StayBegan, StayEnded
from services.aftercare.stays.rules import Stay
from services.aftercare.stays.store import StayStore
from shared.unit import Unit


def ask_for_stay(house: str, wanted: AskForStay, unit: Unit[House]) -> Stay:
    """Put somebody on the waiting list. The same request again changes nothing."""
    store = unit.store(StayStore)
    store.lock_stays(house)
    unit.store(CaseStore).check_case(house, wanted.case_id)
    open_stays = store.open_stays(house, wanted.transition_house, wanted.case_id)
    stay = rules.ask(_new_stay(house, wanted), open_stays, unit.profile(house))
    if stay not in open_stays:
        store.add_stay(stay)
        _count("asked", stay)
    return stay


def begin_stay(house: str, stay_id: UUID, wanted: BeginStay, unit: Unit[House]) -> Stay:
    """Give the stay its place. If two callers compete for the last place, one succeeds."""
    store = unit.store(StayStore)
    store.lock_stays(house)
    stay = store.stay_to_change(house, stay_id)
    others = [other for other in store.stays_from(house, wanted.on) if other.stay_id != stay_id]
    began = rules.begin(stay, wanted.on, wanted.place, others, unit.profile(house))
    if began is stay:
        return began
    store.change_stay(began)
    message = StayBegan(
        stay_id=stay_id, transition_house=began.transition_house, asked_on=began.asked_on, began_on=wanted.on
    )
    unit.announce_on(wanted.on, message, began)
    _count("began", began)
    return began


def end_stay(house: str, stay_id: UUID, on: date, unit: Unit[House]) -> Stay:
    """Record the end of the stay; its place may be given again from that day on."""
    stay = unit.store(StayStore).stay_to_change(house, stay_id)
    ended = rules.end(stay, on)
    if ended is stay or not ended.began_on:
        return ended
    unit.store(StayStore).change_stay(ended)
    message = StayEnded(stay_id=stay_id, transition_house=ended.transition_house, began_on=ended.began_on, ended_on=on)
    unit.announce_on(on, message, ended)
    _count("ended", ended)
    return ended


def withdraw_stay(house: str, stay_id: UUID, on: date, unit: Unit[House]) -> Stay:
    """Take the stay off the waiting list."""
    stay = unit.store(StayStore).stay_to_change(house, stay_id)
    withdrawn = rules.withdraw(stay, on)
    if withdrawn is not stay:
        unit.store(StayStore).change_stay(withdrawn)
        _count("withdrawn", withdrawn)
    return withdrawn


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
