"""Release dates and withdrawals of detentions, over HTTP."""

from uuid import UUID

from services.aftercare.access import CHANGE_RELEASE_DATE, SEE_WHO_IS_DETAINED, WITHDRAW_DETENTION
from services.aftercare.detentions import handlers, lookups, taking_back
from services.aftercare.detentions.messages import (
    ChangeReleaseDate,
    DetainedNow,
    DetainedNowQuery,
    RestoreDetention,
    SeparateNotice,
    WithdrawDetention,
)
from services.aftercare.detentions.rules import Detention
from services.aftercare.house import House
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_WHO_IS_DETAINED, takes=DetainedNowQuery, gives=DetainedNow)
def detained_now(call: Call[DetainedNowQuery], unit: Lookup[House]) -> DetainedNow:
    """Which people of some cases are detained now, also of notices that no briefing weighs."""
    return lookups.detained_now(call.house, call.input, unit)


@command(action=CHANGE_RELEASE_DATE, takes=ChangeReleaseDate, gives=Detention, status=201)
def change_release_date(call: Call[ChangeReleaseDate], unit: Unit[House], detention_id: UUID) -> Detention:
    """Record a new release date, or that none is known any more."""
    return handlers.record_release_date(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=WITHDRAW_DETENTION, takes=WithdrawDetention, gives=Detention, status=201)
def withdraw_detention(call: Call[WithdrawDetention], unit: Unit[House], detention_id: UUID) -> Detention:
    """Record that the house does nothing for a detention any more: a mistaken notice, a death, another house."""
    return handlers.withdraw_detention(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=WITHDRAW_DETENTION, takes=RestoreDetention, gives=Detention, status=201)
def restore_detention(call: Call[RestoreDetention], unit: Unit[House], detention_id: UUID) -> Detention:
    """Withdraw the withdrawal of a detention, which was a slip."""
    return taking_back.restore_detention(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=WITHDRAW_DETENTION, takes=SeparateNotice, gives=Detention, status=201)
def separate_notice(call: Call[SeparateNotice], unit: Unit[House], detention_id: UUID, notice_id: UUID) -> Detention:
    """Give a notice a detention of its own: it was taken for one of this detention by a slip."""
    return taking_back.separate_notice(call.house, detention_id, notice_id, call.input, call.caller.name, unit)
