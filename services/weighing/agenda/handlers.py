"""A registered referral comes on the agenda."""

from collections.abc import Sequence
from dataclasses import replace

from services.weighing.agenda.messages import ReferralCorrected, ReferralRegistered, ReferralWithdrawn
from services.weighing.agenda.rules import place
from services.weighing.calendar.lookups import house_of
from services.weighing.house import House
from services.weighing.information_requests.handlers import ask_about, follow_decisions
from services.weighing.referrals.rules import Referral, Stated, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from shared.messaging import Event, Ignorable
from shared.unit import Unit

FAMILY = "family"
"""The `sex` of a subject that is a family."""


def prepare_agenda(events: Sequence[Event[ReferralRegistered]], unit: Unit[House]) -> None:
    """Read at once which referrals of a batch are on record already."""
    unit.store(ReferralStore).load_known({event.data.referral_id for event in events})


def put_on_agenda(event: Event[ReferralRegistered], unit: Unit[House]) -> None:
    """Put the referral on the agenda of the next briefing, and ask the municipality and others about the subject."""
    house = house_of(event.house, unit)
    referral = place(_referral(event), house)
    store = unit.store(ReferralStore)
    if store.is_known(referral.referral_id):
        raise Ignorable("the referral is on the agenda already")
    store.put_on_agenda(referral)
    if event.data.stated:
        store.state(referral.referral_id, event.data.stated)
    ask_about(referral, event.time, unit)


def follow_correction(event: Event[ReferralCorrected], unit: Unit[House]) -> None:
    """Keep what the sender of a referral says now besides its text. Raises UnknownReferral."""
    if not unit.store(ReferralStore).referral(event.house, event.data.referral_id):
        raise UnknownReferral
    unit.store(ReferralStore).state(event.data.referral_id, event.data.stated or Stated())


def take_from_agenda(event: Event[ReferralWithdrawn], unit: Unit[House]) -> None:
    """Take the referral from the agenda; nobody waits for information any more. What was decided on it stands."""
    store, referral_id = unit.store(ReferralStore), event.data.referral_id
    referral = store.referrals_to_weigh(event.house, [referral_id]).get(referral_id)
    if referral is None:
        raise UnknownReferral
    store.withdraw(referral_id, event.data.withdrawn_on)
    follow_decisions([replace(referral, table_on=None)], event.data.withdrawn_on, unit)


def _referral(event: Event[ReferralRegistered]) -> Referral:
    registered = event.data
    return Referral(
        referral_id=registered.referral_id,
        house=event.house,
        case_id=event.required_case_id(),
        subject_id=registered.subject_id,
        kind=registered.kind,
        referrer=registered.referrer,
        received_on=registered.received_on,
        municipality=registered.municipality,
        sub_region=registered.sub_region,
        age_class=registered.age_class,
        family=registered.sex == FAMILY,
        youth_institution=registered.youth_institution or False,
    )
