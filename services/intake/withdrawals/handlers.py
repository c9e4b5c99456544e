"""A referral is withdrawn by its sender, by message or through an officer who writes it down."""

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.openings.handlers import end_briefing
from services.intake.partners.handlers import accept, partner_of
from services.intake.referrals.handlers import referral_of_house
from services.intake.referrals.rules import UnknownReferral
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.unit import Unit
from services.intake.withdrawals.messages import ReferralWithdrawal, withdrawn
from services.intake.withdrawals.rules import NotYours, check_kind
from services.intake.withdrawals.store import WithdrawalStore
from shared.business_dates import dutch_date
from shared.messaging import Event
from shared.sealed_texts import SealedText


def withdraw_by_message(event: Event[ReferralWithdrawal], unit: Unit) -> None:
    """Withdraw the partner's own referral, and send the receipt; a second withdrawal changes nothing."""
    stored = _own(event, unit)
    check_kind(stored.referral.kind, NotYours.field)
    _withdraw(stored, event.data.because, by=partner_of(event), at=event.time, unit=unit)
    repeat_receipt(event, unit)


def repeat_receipt(event: Event[ReferralWithdrawal], unit: Unit) -> None:
    """Give the sender of a withdrawal its receipt."""
    stored, told = _own(event, unit), event.data
    accept(
        event.ids_as_sent,
        unit,
        house=event.house,
        to=event.sender,
        case_id=stored.case_id,
        reference=told.reference,
        referral_id=told.referral_id,
    )


def withdraw_by_hand(house_id: str, referral_id: UUID, because: str, *, by: str, unit: Unit) -> None:
    """What the sender told by phone or mail. Raises UnknownReferral, for a sealed one too; IsDetention."""
    stored = referral_of_house(house_id, referral_id, unit)
    if stored.referral.sealed:
        raise UnknownReferral
    check_kind(stored.referral.kind, "referralId")
    unit.concerns("referrals", referral_id, stored.case_id)
    _withdraw(stored, because, by=by, at=unit.now(), unit=unit)


def _own(event: Event[ReferralWithdrawal], unit: Unit) -> StoredReferral:
    """Raises NotYours, also for a referral that waits until a person has decided whom it is about."""
    stored = unit.store(ReferralStore).referral(event.house, event.data.referral_id)
    if stored is None or stored.referral.referrer != partner_of(event):
        raise NotYours
    return stored


def _withdraw(stored: StoredReferral, because: str | None, *, by: str, at: datetime, unit: Unit) -> None:
    """Keep it; tell weighing and case holders unless it is sealed. The briefing sees the case for some days more."""
    referral, reason, on = stored.referral, uuid7() if because else None, dutch_date(at)
    store = unit.store(WithdrawalStore)
    if not store.add_withdrawal(referral.house, referral.referral_id, by=by, on=on, because_text=reason):
        return
    if because and reason:
        unit.texts.write(
            SealedText(
                text_id=reason,
                house=referral.house,
                case_id=stored.case_id,
                kind="because",
                organisation=by,
                written_at=at,
                text=because,
            )
        )
    end_briefing(unit.profile(referral.house), referral.referral_id, unit)
    if not referral.sealed:
        unit.announce(withdrawn(referral, on), house=referral.house, case_id=stored.case_id, time=at)
