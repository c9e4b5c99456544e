"""A referral is withdrawn by its sender, by message or through an officer who writes it down."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.openings.handlers import end_briefing
from services.intake.partners.handlers import accept, partner_of
from services.intake.referrals.handlers import SET_ASIDE
from services.intake.referrals.rules import UnknownReferral
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.set_aside.rules import SetAside
from services.intake.set_aside.store import SetAsideStore
from services.intake.unit import Unit
from services.intake.withdrawals.messages import ReferralWithdrawal, withdrawn
from services.intake.withdrawals.rules import NotYours, check_kind
from services.intake.withdrawals.store import WithdrawalStore
from shared.business_dates import dutch_date
from shared.messaging import Event
from shared.sealed_texts import SealedText

Withdrawable: TypeAlias = StoredReferral | SetAside


def withdraw_by_message(event: Event[ReferralWithdrawal], unit: Unit) -> None:
    """Withdraw the partner's own referral, and send the receipt; a second withdrawal changes nothing."""
    own = _own(event, unit)
    check_kind(_kind(own), NotYours.field)
    _withdraw(own, event.data.because, by=partner_of(event), at=event.time, unit=unit)
    repeat_receipt(event, unit)


def repeat_receipt(event: Event[ReferralWithdrawal], unit: Unit) -> None:
    """Give the sender of a withdrawal its receipt."""
    own, told = _own(event, unit), event.data
    accept(
        event.ids_as_sent,
        unit,
        house=event.house,
        to=event.sender,
        case_id=own.case_id,
        reference=told.reference,
        referral_id=told.referral_id,
    )


def withdraw_by_hand(house_id: str, referral_id: UUID, because: str, *, by: str, unit: Unit) -> None:
    """What the sender told by phone or mail. Raises UnknownReferral, for a sealed one too; IsDetention."""
    found = _found(house_id, referral_id, unit)
    if found is None or (isinstance(found, StoredReferral) and found.referral.sealed):
        raise UnknownReferral
    check_kind(_kind(found), "referralId")
    unit.concerns("referrals", referral_id, found.case_id if isinstance(found, StoredReferral) else None)
    _withdraw(found, because, by=by, at=unit.now(), unit=unit)


def _own(event: Event[ReferralWithdrawal], unit: Unit) -> Withdrawable:
    """Raises NotYours."""
    found = _found(event.house, event.data.referral_id, unit)
    if found is None or _referrer(found) != partner_of(event):
        raise NotYours
    return found


def _found(house_id: str, referral_id: UUID, unit: Unit) -> Withdrawable | None:
    """A registered referral, or one that waits until a person has decided whom it is about: locked for that person."""
    waiting = unit.store(SetAsideStore).set_aside_to_decide(house_id, referral_id)
    if waiting and not waiting.is_registered:
        return waiting
    return unit.store(ReferralStore).referral(house_id, referral_id)


def _kind(found: Withdrawable) -> str:
    return found.kind if isinstance(found, SetAside) else found.referral.kind


def _referrer(found: Withdrawable) -> str:
    return found.referrer if isinstance(found, SetAside) else found.referral.referrer


def _withdraw(found: Withdrawable, because: str | None, *, by: str, at: datetime, unit: Unit) -> None:
    if isinstance(found, StoredReferral):
        _withdraw_registered(found, because, by=by, at=at, unit=unit)
    elif found.decision is None:
        sealed = unit.publishing.sealer.seal(because.encode(), SET_ASIDE) if because else None
        unit.store(SetAsideStore).withdraw(found.referral_id, by=by, at=at, because=sealed)


def _withdraw_registered(stored: StoredReferral, because: str | None, *, by: str, at: datetime, unit: Unit) -> None:
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
