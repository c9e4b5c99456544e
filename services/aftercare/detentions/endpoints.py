"""Release dates and withdrawals of detentions, over HTTP."""

from uuid import UUID

from services.aftercare.access import CHANGE_RELEASE_DATE, WITHDRAW_DETENTION
from services.aftercare.detentions import handlers
from services.aftercare.detentions.messages import ChangeReleaseDate, WithdrawDetention
from services.aftercare.detentions.rules import Detention
from services.aftercare.house import House
from shared.unit import Unit
from shared.web import Call, command


@command(action=CHANGE_RELEASE_DATE, takes=ChangeReleaseDate, gives=Detention, status=201)
def change_release_date(call: Call[ChangeReleaseDate], unit: Unit[House], detention_id: UUID) -> Detention:
    """Record a new release date, or that none is known any more."""
    return handlers.record_release_date(call.house, detention_id, call.input, call.caller.name, unit)


@command(action=WITHDRAW_DETENTION, takes=WithdrawDetention, gives=Detention, status=201)
def withdraw_detention(call: Call[WithdrawDetention], unit: Unit[House], detention_id: UUID) -> Detention:
    """Record that the house does nothing for a detention any more: a mistaken notice, a death, another house."""
    return handlers.withdraw_detention(call.house, detention_id, call.input, call.caller.name, unit)
