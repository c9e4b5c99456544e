"""The theme inbox over HTTP, for the role of each theme alone."""

from uuid import UUID

from services.intake.access import SEAL, SEE_SEALED
from services.intake.referrals.messages import RegisteredReferral
from services.intake.sealed_referrals import handlers, lookups
from services.intake.sealed_referrals.messages import (
    SealedReferralList,
    SealedReferralView,
    SealReferral,
    UnsealReferral,
)
from services.intake.unit import Unit
from shared.web import Call, command, recorded_lookup


@recorded_lookup(action=SEE_SEALED, gives=SealedReferralList)
def list_sealed_referrals(call: Call[None], unit: Unit) -> SealedReferralList:
    """The sealed referrals of the caller's themes, without names; that somebody looked is logged."""
    return lookups.sealed_referrals(call.caller, unit)


@recorded_lookup(action=SEE_SEALED, gives=SealedReferralView)
def show_sealed_referral(call: Call[None], unit: Unit, referral_id: UUID) -> SealedReferralView:
    """Whom a sealed referral is about, what was written, and who looked before; that somebody looked is logged."""
    return lookups.sealed_referral(call.caller, referral_id, unit)


@command(action=SEAL, takes=SealReferral)
def seal_referral(call: Call[SealReferral], unit: Unit) -> None:
    """Seal an open referral: to others it is withdrawn, and nothing of it is shown. The same again changes nothing."""
    handlers.seal(call.caller, call.input, unit)


@command(action=SEAL)
def take_sealed_messages_again(call: Call[None], unit: Unit) -> None:
    """Take the messages about sealed matters again that could not be taken, as after a mistake of ours was mended."""
    handlers.take_again(call.caller, unit)


@command(action=SEAL, takes=UnsealReferral, gives=RegisteredReferral)
def unseal_referral(call: Call[UnsealReferral], unit: Unit, referral_id: UUID) -> RegisteredReferral:
    """Unseal a referral: it is registered as an open one of today. The same again gives the same id."""
    opened = handlers.unseal(call.caller, referral_id, call.input.because, unit)
    return RegisteredReferral(referral_id=opened)
