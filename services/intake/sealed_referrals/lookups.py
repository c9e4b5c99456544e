"""The theme inbox, and one referral of it. Each look is recorded, so these run in a transaction that writes."""

from uuid import UUID

from services.intake.sealed_referrals.messages import (
    MOST_LOOKS,
    MOST_SEALED,
    SealedReferralItem,
    SealedReferralList,
    SealedReferralText,
    SealedReferralView,
    WaitingSealedMessage,
)
from services.intake.sealed_referrals.rules import UnknownSealedReferral
from services.intake.sealed_referrals.seen import seen_messages, seen_referral, seen_referrals
from services.intake.sealed_referrals.store import AUDITED, SealedReferral, SealedReferralStore, WaitingMessage
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.postgres import as_row
from shared.sealed_texts import SealedText
from shared.web import Caller


def sealed_referrals(caller: Caller, unit: Unit) -> SealedReferralList:
    """Those of the caller's themes, without names, and what could not be taken."""
    items = (_item(each) for each in seen_referrals(caller, unit)[:MOST_SEALED])
    waiting = (_waiting(each) for each in seen_messages(caller, unit)[:MOST_SEALED])
    return SealedReferralList(items=tuple(items), waiting=tuple(waiting))


def sealed_referral(caller: Caller, referral_id: UUID, unit: Unit) -> SealedReferralView:
    """Raises UnknownSealedReferral."""
    house, sealed = caller.house, _named(caller, referral_id, unit)
    known = unit.store(SubjectStore).subject(house, sealed.subject_id)
    assert known  # as the referral was found
    texts = [*sealed.texts_as_told(house), *unit.texts.of_cases(house, [sealed.case_id])]
    return SealedReferralView(
        **as_row(_item(sealed)),
        details=known.details,
        texts=tuple(_text(version) for version in texts if version.text is not None),
        sealed_by=sealed.sealed_by,
        unsealed_by=sealed.unsealed_by,
        became=sealed.became,
        looks=tuple(unit.store(SealedReferralStore).looks(sealed.case_id, referral_id, MOST_LOOKS)),
    )


def _named(caller: Caller, referral_id: UUID, unit: Unit) -> SealedReferral:
    """One sealed referral, named for the audit log. Raises UnknownSealedReferral."""
    found = seen_referral(caller, referral_id, unit)
    if found is None:
        raise UnknownSealedReferral
    unit.concerns(AUDITED, referral_id, found.case_id)
    return found


def _waiting(message: WaitingMessage) -> WaitingSealedMessage:
    sender, again = message.user_id or message.queue, bool(message.user_id)
    return WaitingSealedMessage(sender=sender, parked_at=message.parked_at, again=again)


def _item(sealed: SealedReferral) -> SealedReferralItem:
    return SealedReferralItem(
        referral_id=sealed.referral_id,
        kind=sealed.kind,
        theme=sealed.theme,
        referrer=sealed.referrer,
        received_on=sealed.received_on,
        municipality=sealed.municipality,
        sealed_at=sealed.sealed_at,
        unsealed_at=sealed.unsealed_at,
        seen=sealed.seen,
    )


def _text(version: SealedText) -> SealedReferralText:
    return SealedReferralText(
        kind=version.kind,
        text=version.text or "",
        organisation=version.organisation,
        written_at=version.written_at,
    )
