"""Referrals, over HTTP."""

from uuid import UUID

from services.intake.access import REGISTER_REFERRAL, SEE_REFERRAL
from services.intake.referrals import handlers, lookups
from services.intake.referrals.messages import IntakeCase, ReferralByHand, ReferralView, RegisteredReferral
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup


@command(action=REGISTER_REFERRAL, takes=ReferralByHand, gives=RegisteredReferral, status=201, keyed=True)
def register_by_hand(call: Call[ReferralByHand], unit: Unit) -> RegisteredReferral:
    """Register a current referral that came by phone or mail."""
    referral_id = handlers.register_by_hand(call.house, call.input, call.caller.name, unit)
    return RegisteredReferral(referral_id=referral_id)


@lookup(action=SEE_REFERRAL, gives=ReferralView)
def show_referral(call: Call[None], unit: Lookup, referral_id: UUID) -> ReferralView:
    """How a referral is registered, without the partner's text."""
    return lookups.registered_referral(call.house, referral_id, unit)


@lookup(action=SEE_REFERRAL, gives=IntakeCase)
def case(call: Call[None], unit: Lookup, case_id: UUID) -> IntakeCase:
    """What intake knows of one case: its referrals, without the partners' texts."""
    return lookups.case(call.house, case_id, unit)
