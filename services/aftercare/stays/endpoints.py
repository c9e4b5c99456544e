"""Transition houses, and stays in them from the waiting list on, over HTTP."""

from uuid import UUID

from services.aftercare.access import (
    ASK_FOR_STAY,
    BEGIN_STAY,
    END_STAY,
    SEE_STAYS,
    SEE_TRANSITION_HOUSES,
    WITHDRAW_STAY,
)
from services.aftercare.house import House
from services.aftercare.stays import handlers, lookups
from services.aftercare.stays.messages import (
    AskForStay,
    BeginStay,
    CorrectBeginning,
    CorrectEnd,
    EndStay,
    OccupiedTransitionHouse,
    StayInDetail,
    StaysQuery,
    TransitionHousesQuery,
    WithdrawStay,
    WithdrawStep,
)
from services.aftercare.stays.rules import Stay
from shared.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=SEE_TRANSITION_HOUSES, query=TransitionHousesQuery, gives=OccupiedTransitionHouse, many=True)
def transition_houses(call: Call[TransitionHousesQuery], unit: Lookup[House]) -> list[OccupiedTransitionHouse]:
    """The occupancy of the transition houses on a day."""
    return lookups.transition_houses(call.house, call.input.on, unit)


@lookup(action=SEE_STAYS, query=StaysQuery, gives=Stay, paged=True)
def stays(call: Call[StaysQuery], unit: Lookup[House]) -> Page[Stay]:
    """Stays in transition houses, in the order of request."""
    return lookups.stays(call.house, call.input, unit)


@lookup(action=SEE_STAYS, gives=StayInDetail)
def stay(call: Call[None], unit: Lookup[House], stay_id: UUID) -> StayInDetail:
    """One stay, with each step and who recorded it."""
    return lookups.stay(call.house, stay_id, unit)


@command(action=ASK_FOR_STAY, takes=AskForStay, gives=Stay, status=201)
def ask_for_stay(call: Call[AskForStay], unit: Unit[House]) -> Stay:
    """Put a person on the waiting list of a transition house."""
    asked = handlers.ask_for_stay(call.house, call.input, call.caller.name, unit)
    unit.concerns("stays", asked.stay_id, asked.case_id)
    return asked


@command(action=BEGIN_STAY, takes=BeginStay, gives=Stay, status=201)
def begin_stay(call: Call[BeginStay], unit: Unit[House], stay_id: UUID) -> Stay:
    """Give a waiting person a place in the transition house."""
    return handlers.begin_stay(call.house, stay_id, call.input, call.caller.name, unit)


@command(action=BEGIN_STAY, takes=CorrectBeginning, gives=Stay, status=201)
def correct_beginning(call: Call[CorrectBeginning], unit: Unit[House], stay_id: UUID) -> Stay:
    """Correct the beginning of a stay: record the right one in place of a slip."""
    return handlers.correct_beginning(call.house, stay_id, call.input, call.caller.name, unit)


@command(action=BEGIN_STAY, takes=WithdrawStep, gives=Stay, status=201)
def withdraw_beginning(call: Call[WithdrawStep], unit: Unit[House], stay_id: UUID) -> Stay:
    """Withdraw the beginning of a stay, which was a slip: the person waits again."""
    return handlers.withdraw_beginning(call.house, stay_id, call.input, call.caller.name, unit)


@command(action=END_STAY, takes=EndStay, gives=Stay, status=201)
def end_stay(call: Call[EndStay], unit: Unit[House], stay_id: UUID) -> Stay:
    """Record that a person left the transition house."""
    return handlers.end_stay(call.house, stay_id, call.input.on, call.caller.name, unit)


@command(action=END_STAY, takes=CorrectEnd, gives=Stay, status=201)
def correct_end(call: Call[CorrectEnd], unit: Unit[House], stay_id: UUID) -> Stay:
    """Correct the end of a stay: record the right one in place of a slip."""
    return handlers.correct_end(call.house, stay_id, call.input, call.caller.name, unit)


@command(action=END_STAY, takes=WithdrawStep, gives=Stay, status=201)
def withdraw_end(call: Call[WithdrawStep], unit: Unit[House], stay_id: UUID) -> Stay:
    """Withdraw the end of a stay, which was a slip: the person lives there still."""
    return handlers.withdraw_end(call.house, stay_id, call.input, call.caller.name, unit)


@command(action=WITHDRAW_STAY, takes=WithdrawStay, gives=Stay, status=201)
def withdraw_stay(call: Call[WithdrawStay], unit: Unit[House], stay_id: UUID) -> Stay:
    """Take a person off the waiting list."""
    return handlers.withdraw_stay(call.house, stay_id, call.input.on, call.caller.name, unit)
