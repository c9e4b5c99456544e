"""Referrals that are weighed only if they are worrying, over HTTP."""

from uuid import UUID

from services.intake.access import PRE_SORT
from services.intake.pre_sorting import handlers, lookups
from services.intake.pre_sorting.messages import HeldBackList, SayWorrying
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=PRE_SORT, gives=HeldBackList)
def list_held_back(call: Call[None], unit: Lookup) -> HeldBackList:
    """The referrals that wait until somebody says whether they are worrying, and those that are not, without names."""
    return lookups.held_back(call.house, unit)


@command(action=PRE_SORT, takes=SayWorrying)
def say_worrying(call: Call[SayWorrying], unit: Unit, referral_id: UUID) -> None:
    """Say whether a referral is worrying: then a briefing weighs it. The same again changes nothing."""
    handlers.say_worrying(call.caller, referral_id, call.input, unit)
