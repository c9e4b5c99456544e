"""The theme inbox, and one referral of it. Each look is recorded, so these run in a transaction that writes."""

from uuid import UUID

from services.intake.sealed_referrals.messages import (
    MOST_LOOKS,
    SealedReferralItem,
    SealedReferralList,
    SealedReferralText,
    SealedReferralView,
    WaitingSealedMessage,
)
from services.intake.sealed_referrals.rules import UnknownSealedReferral
from services.intake.sealed_referrals.store import AUDITED, SealedReferral, SealedReferralStore
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.postgres import as_row
from shared.sealed_texts import SealedText


def sealed_referrals(house: str, unit: Unit) -> SealedReferralList:
    """Those of the house, without names, and what could not be taken."""
    store = unit.store(SealedReferralStore)
    waiting = (
        WaitingSealedMessage(sender=each.user_id or each.queue, parked_at=each.parked_at, again=bool(each.user_id))
        for each in store.waiting(house)
    )
    return SealedReferralList(items=tuple(map(_item, store.sealed_referrals(house))), waiting=tuple(waiting))


def sealed_of_house(house: str, referral_id: UUID, unit: Unit) -> SealedReferral:
    """One sealed referral, named for the audit log. Raises UnknownSealedReferral."""
    found = unit.store(SealedReferralStore).sealed_referral(house, referral_id)
    if found is None:
        raise UnknownSealedReferral
    unit.concerns(AUDITED, referral_id, found.case_id)
    return found


def sealed_referral(house: str, referral_id: UUID, unit: Unit) -> SealedReferralView:
    """Raises UnknownSealedReferral."""
    sealed, store = sealed_of_house(house, referral_id, unit), unit.store(SealedReferralStore)
    known = unit.store(SubjectStore).subject(house, sealed.subject_id)
    assert known  # as the referral was found
    texts = [*sealed.text_as_told(house), *unit.texts.of_cases(house, [sealed.case_id])]
    return SealedReferralView(
        **as_row(_item(sealed)),
        details=known.details,
        texts=tuple(_text(version) for version in texts if version.text is not None),
        sealed_by=sealed.sealed_by,
        unsealed_by=sealed.unsealed_by,
        became=sealed.became,
        looks=tuple(store.looks(sealed.case_id, referral_id, MOST_LOOKS)),
    )


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
    )


def _text(version: SealedText) -> SealedReferralText:
    return SealedReferralText(
        kind=version.kind,
        text=version.text or "",
        organisation=version.organisation,
        written_at=version.written_at,
    )
