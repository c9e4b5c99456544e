"""Withdrawals of referrals, over HTTP."""

from uuid import UUID

from services.intake.access import REGISTER_REFERRAL
from services.intake.unit import Unit
from services.intake.withdrawals.handlers import withdraw_by_hand
from services.intake.withdrawals.messages import WithdrawReferral
from shared.web import Call, command


@command(action=REGISTER_REFERRAL, takes=WithdrawReferral)
def withdraw_referral(call: Call[WithdrawReferral], unit: Unit, referral_id: UUID) -> None:
    """Withdraw a referral, as its sender told by phone or mail. The same again changes nothing."""
    withdraw_by_hand(call.house, referral_id, call.input.because, by=call.caller.name, unit=unit)
