"""Partners bring referrals, by message or through an officer who writes down a call."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake import metrics
from services.intake.house import House, ReferralKind
from services.intake.partners.handlers import accept, partner_of
from services.intake.partners.messages import MessageAccepted
from services.intake.referrals.messages import (
    ArrestNotice,
    CurrentReferral,
    DetentionNotice,
    DetentionRegistered,
    Particulars,
    ReferralByHand,
    ReferralRegistered,
)
from services.intake.referrals.rules import Referral, Submission, UnknownReferral, referral_from
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.subjects.handlers import recognised
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Lookup, Unit
from shared.business_dates import dutch_date
from shared.messaging import Event, Rejected, problem_of


class NamesReferral(Protocol):
    """A message about one referral."""

    @property
    def referral_id(self) -> UUID: ...


class Registered(NamedTuple):
    """A referral that was just registered, with its case."""

    referral: Referral
    case_id: UUID


Notice = TypeVar("Notice", ArrestNotice, DetentionNotice, CurrentReferral)
OnReferral = TypeVar("OnReferral", bound=NamesReferral)


def register_arrest_notice(event: Event[ArrestNotice], unit: Unit) -> None:
    """Register the arrest notice as a referral, and send the partner the receipt."""
    _register_message(event, "arrest_notice", None, unit)


def register_current_referral(event: Event[CurrentReferral], unit: Unit) -> None:
    """Register the current referral, sealed if it has a sealed theme, and send the partner the receipt."""
    _register_message(event, "current_referral", event.data.theme, unit)


def register_detention_notice(event: Event[DetentionNotice], unit: Unit) -> None:
    """Register the detention notice as a referral, announce the detention, and send the partner the receipt."""
    notice, (referral, case_id) = event.data, _register_message(event, "detention_notice", None, unit)
    municipality = unit.profile(event.house).municipalities[referral.municipality]
    message = DetentionRegistered(
        detention_id=uuid7(),
        subject_id=referral.subject_id,
        referral_id=referral.referral_id if referral.weighed else None,
        municipality=referral.municipality,
        institution=notice.institution,
        detained_on=notice.detained_on,
        expected_release_on=notice.expected_release_on,
        own_aftercare=municipality.own_aftercare,
        registered_on=referral.received_on,
    )
    unit.announce(message, house=event.house, case_id=case_id, time=event.time)


def register_by_hand(house_id: str, by_hand: ReferralByHand, unit: Unit) -> UUID:
    """Register a current referral that came by phone or mail. Returns its id. Raises Rejected with every problem."""
    house, now = unit.profile(house_id), unit.now()
    if broken := [problem_of(rule) for rule in by_hand.broken_rules(house, dutch_date(now))]:
        raise Rejected(*broken)
    submission = Submission(
        kind="current_referral",
        referrer=by_hand.referrer,
        message_id=None,
        received_on=by_hand.received_on,
        subject=by_hand.subject,
        theme=by_hand.theme,
    )
    return _register(submission, by_hand, house, now, unit).referral.referral_id


def repeat_receipt(event: Event[Notice], unit: Unit) -> None:
    """Give the sender of a notice its receipt again."""
    known = unit.store(ReferralStore).referral_of_message(event.house, partner_of(event), event.id)
    if known:
        _accept(event, known.referral_id, known.case_id, unit)


def prepare_referrals(events: Sequence[Event[OnReferral]], unit: Unit) -> None:
    """Read at once the referrals that these events of weighing are about, with their subjects."""
    _load_referrals({event.data.referral_id for event in events}, unit)


def referral_of_house(house_id: str, referral_id: UUID, unit: Lookup) -> StoredReferral:
    """Raises UnknownReferral."""
    stored = unit.store(ReferralStore).referral(house_id, referral_id)
    if stored is None:
        raise UnknownReferral
    return stored


def _load_referrals(referral_ids: Collection[UUID], unit: Unit) -> None:
    subjects = unit.store(SubjectStore)
    for stored in unit.store(ReferralStore).load_referrals(referral_ids):
        subjects.keep_sealed(stored.referral.house, stored.subject)


def _register_message(event: Event[Notice], kind: ReferralKind, theme: str | None, unit: Unit) -> Registered:
    submission = Submission(
        kind=kind,
        referrer=partner_of(event),
        message_id=event.id,
        received_on=dutch_date(event.time),
        subject=event.data.subject,
        theme=theme,
    )
    registered = _register(submission, event.data, unit.profile(event.house), event.time, unit)
    _accept(event, registered.referral.referral_id, registered.case_id, unit)
    return registered


def _register(submission: Submission, particulars: Particulars, house: House, time: datetime, unit: Unit) -> Registered:
    """Store the referral and tell weighing, unless it is not to be weighed."""
    known = recognised(submission.subject, house.id, unit)
    referral = referral_from(submission, house, referral_id=uuid7(), subject_id=known.subject_id, known=known.details)
    unit.store(ReferralStore).add_referral(referral, particulars, known)
    if not referral.sealed:
        metrics.REFERRALS.labels(referral.house, referral.kind).inc()
    if referral.weighed:
        unit.announce(_registered(referral), house=house.id, case_id=known.case_id, time=time)
    return Registered(referral, known.case_id)


def _registered(referral: Referral) -> ReferralRegistered:
    return ReferralRegistered(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        kind=referral.kind,
        referrer=referral.referrer,
        received_on=referral.received_on,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        sex=referral.sex,
        age_class=referral.age_class,
    )


def _accept(event: Event[Notice], referral_id: UUID, case_id: UUID, unit: Unit) -> None:
    receipt = MessageAccepted(message_id=event.id, reference=event.data.reference, referral_id=referral_id)
    accept(receipt, unit, house=event.house, to=event.sender, case_id=case_id)
