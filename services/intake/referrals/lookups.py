"""How a referral is registered."""

from uuid import UUID

from services.intake.referrals.messages import MOST_OF_A_CASE, IntakeCase, ReferralView
from services.intake.referrals.rules import UnknownReferral
from services.intake.referrals.store import ReferralStore
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Lookup
from shared.aliases.store import AliasStore
from shared.rules import UnknownCase


def registered_referral(house_id: str, referral_id: UUID, lookup: Lookup) -> ReferralView:
    """A referral without what was written in it. Raises UnknownReferral, for a sealed one too."""
    stored = lookup.store(ReferralStore).referral(house_id, referral_id)
    if stored is None or stored.referral.sealed:
        raise UnknownReferral
    referral = stored.referral
    by_hand = lookup.store(ReferralStore).recorded_by_hand(house_id, referral_id)
    return ReferralView(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        case_id=stored.case_id,
        kind=referral.kind,
        referrer=referral.referrer,
        received_on=referral.received_on,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        sex=referral.sex,
        age_class=referral.age_class,
        weighed=referral.weighed,
        recorded_by=by_hand and by_hand.recorded_by,
        recorded_at=by_hand and by_hand.recorded_at,
        withdrawn_on=lookup.store(ReferralStore).withdrawn_on(house_id, referral_id),
    )


def case(house_id: str, case_id: UUID, lookup: Lookup) -> IntakeCase:
    """A case with its referrals; a relative of somebody may have none. Raises UnknownCase, also if all are sealed."""
    subjects = lookup.store(SubjectStore)
    subject_id = subjects.subject_of_case(house_id, case_id)
    known = subjects.subject(house_id, subject_id) if subject_id else None
    if known is None or known.sealed:
        raise UnknownCase
    return IntakeCase(
        case_id=case_id,
        case_ids=lookup.store(AliasStore).group(case_id),
        subject_id=known.subject_id,
        referrals=tuple(lookup.store(ReferralStore).referrals_of_case(house_id, case_id, MOST_OF_A_CASE)),
    )
