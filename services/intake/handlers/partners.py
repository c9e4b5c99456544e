"""What partners bring and ask for, and what they hear: load, decide, store, announce."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake import metrics
from services.intake.dependencies import Unit
from services.intake.domain.errors import (
    AlreadyAnswered,
    MayNotGet,
    NoLongerKept,
    NotAsked,
    NotSentYet,
    ReplayedEnough,
    ReplayRefused,
    ReplayUnderWay,
    UnknownPurpose,
    UnknownReferral,
    UnknownSubject,
)
from services.intake.domain.house import House
from services.intake.domain.matching import recognise
from services.intake.domain.referrals import Referral, Submission, referral_from
from services.intake.domain.rules import broken_rules
from services.intake.domain.subjects import Subject, Trait, traits
from services.intake.storage.store import KnownSubject
from shared.business_dates import dutch_date
from shared.messaging.event import Event
from shared.messaging.outcomes import Ignorable, Problem, Rejected
from shared.messaging.storage import Stream
from shared.messaging.unit import MOST_REPLAYED

PARTNER_ASKED = "information_request"


def register_arrest_notice(event: Event, unit: Unit) -> None:
    _register_message(event, "arrest_notice", unit)


def register_current_referral(event: Event, unit: Unit) -> None:
    _register_message(event, "current_referral", unit)


def register_detention_notice(event: Event, unit: Unit) -> None:
    referral, case_id = _register_message(event, "detention_notice", unit)
    unit.announce(
        "detentions.registered.v1",
        house=event.house,
        case_id=case_id,
        time=event.time,
        data={
            "detention_id": uuid7(),
            "subject_id": referral.subject_id,
            "referral_id": referral.referral_id if referral.weighed else None,
            "municipality": referral.municipality,
            "institution": event.data["institution"],
            "detained_on": event.data["detained_on"],
            "expected_release_on": event.data.get("expected_release_on"),
            "own_aftercare": not referral.weighed,
            "registered_on": referral.received_on,
        },
    )


def prepare_registering(events: Sequence[Event], unit: Unit) -> None:
    """Read at once who these messages may be about. Houses in one order, so that two batches can't deadlock."""
    given: dict[str, set[Trait]] = {}
    for event in events:
        given.setdefault(event.house, set()).update(traits(Subject(**event.data["subject"])))
    for house_id in sorted(given):
        unit.store.lock_house(house_id)
    unit.store.load_candidates(given)


def register_by_hand(house_id: str, body: Mapping[str, Any], unit: Unit) -> UUID:
    """A current referral that came by phone or mail. Returns its id. Raises Rejected."""
    house, now = unit.profile(house_id), unit.now()
    if broken := [Problem(*rule) for rule in broken_rules(body, house, dutch_date(now))]:
        raise Rejected(*broken)
    submission = _submission(
        body,
        house=house,
        kind="current_referral",
        referrer=body["referrer"],
        message_id=None,
        received_on=body["received_on"],
    )
    referral, _ = _register(submission, now, unit)
    return referral.referral_id


def repeat_answer(event: Event, unit: Unit) -> None:
    """The same message once more: the same answer, and nothing else."""
    partner, request_id = partner_of(event), event.data.get("request_id")
    if "from_sequence" in event.data and (reason := unit.store.refused_replay(event.house, partner, event.id)):
        refuse(unit.profile(event.house), partner, event.id, [Problem(ReplayRefused.field, reason)], unit)
        return
    if request_id:
        known = unit.store.information_request(event.house, partner, request_id)
    else:
        known = unit.store.referral_of_message(event.house, partner, event.id)
    about = known or {}
    _accept(event, about.get("referral_id"), about.get("case_id"), unit)


def answer_information_request(event: Event, unit: Unit) -> None:
    """A partner's answer to what it was asked. Raises NotAsked, AlreadyAnswered."""
    answer, partner = event.data, partner_of(event)
    request = unit.store.information_request(event.house, partner, answer["request_id"])
    if request is None:
        raise NotAsked
    if request["answered_on"]:
        raise AlreadyAnswered
    unit.store.answer_information_request(answer["request_id"], answer["answered_on"])
    metrics.ANSWERS.labels(event.house, partner).inc()
    _accept(event, None, request["case_id"], unit)
    unit.announce(
        "information-requests.answered.v1",
        house=event.house,
        case_id=request["case_id"],
        time=event.time,
        data={**answer, "partner": partner},
    )


def replay_stream(event: Event, unit: Unit) -> None:
    """A partner misses what it was sent from a number on. It gets it, or hears why not."""
    partner, wanted = partner_of(event), event.data["from_sequence"]
    try:
        _check_replay(unit.stream(event.sender), wanted)
    except ReplayRefused as refused:  # an ordinary answer: nobody has to look into it, so nothing is parked
        unit.store.add_refused_replay(event.house, partner, event.id, str(refused))
        refuse(unit.profile(event.house), partner, event.id, [Problem(refused.field, str(refused))], unit)
        return
    unit.replay(event.sender, from_sequence=wanted)
    metrics.REPLAYS.labels(event.house, partner).inc()
    _accept(event, None, None, unit)


def refuse(house: House, partner_id: str, message_id: UUID | None, problems: Sequence[Problem], unit: Unit) -> None:
    """Tell a partner what is wrong with its message. message_id: None when it could not be read."""
    metrics.REFUSED.labels(house.id, partner_id).inc()
    unit.announce(
        "messages.refused.v1",
        house=house.id,
        case_id=None,
        time=unit.now(),
        to=house.user_of(partner_id),
        data={"message_id": message_id, "problems": [problem._asdict() for problem in problems]},
    )


def prepare_referrals(events: Sequence[Event], unit: Unit) -> None:
    """Read at once the referrals that these events of weighing are about."""
    unit.store.load_referrals({event.data["referral_id"] for event in events})


def send_information_request(event: Event, unit: Unit) -> None:
    """Weighing asks: the partner is told whom it is about. Raises UnknownReferral, MayNotGet."""
    house, asked = unit.profile(event.house), event.data
    partner = recipient(house, asked["partner"], "information-requests.sent.v1")
    referral = unit.store.referral(house.id, asked["referral_id"])
    if referral is None or referral["subject_id"] != asked["subject_id"]:
        raise UnknownReferral
    unit.store.add_information_request(
        request_id=asked["request_id"],
        house=house.id,
        referral_id=asked["referral_id"],
        partner=asked["partner"],
        answer_by=asked["answer_by"],
    )
    known = disclosed(house.id, asked["subject_id"], to=partner, purpose=PARTNER_ASKED, unit=unit)
    unit.announce(
        "information-requests.sent.v1",
        house=house.id,
        case_id=known.case_id,
        time=event.time,
        to=partner,
        data={"request_id": asked["request_id"], "answer_by": asked["answer_by"], "subject": vars(known.details)},
    )


def give_feedback(event: Event, unit: Unit) -> None:
    """The referrer always hears what was decided; one that phoned or mailed hears it from a person."""
    house, weighed = unit.profile(event.house), event.data
    referral = unit.store.referral(house.id, weighed["referral_id"])
    if referral is None:
        raise UnknownReferral
    if referral["message_id"] is None:
        raise Ignorable("the referral did not come by message")
    unit.announce(
        "feedback.given.v1",
        house=house.id,
        case_id=referral["case_id"],
        time=event.time,
        to=recipient(house, referral["referrer"], "feedback.given.v1"),
        data={
            "message_id": referral["message_id"],
            "reference": referral["particulars"]["reference"],
            "decision": weighed["decision"],
            "reason": weighed["reason"],
            "decided_on": weighed["briefing_on"],
        },
    )


def show_subject(house_id: str, subject_id: UUID, *, purpose: str, to: str, unit: Unit) -> KnownSubject:
    """Who a subject is, for one who may know. Raises UnknownPurpose, UnknownSubject."""
    if purpose not in unit.profile(house_id).purposes:
        raise UnknownPurpose
    return disclosed(house_id, subject_id, to=to, purpose=purpose, unit=unit)


def show_referral(house_id: str, referral_id: UUID, unit: Unit) -> dict[str, Any]:
    """How a referral is registered, without what was written in it. Raises UnknownReferral, for a sealed one too."""
    referral = unit.store.referral(house_id, referral_id)
    if referral is None or referral["sealed"]:
        raise UnknownReferral
    return referral


def _check_replay(stream: Stream, wanted: int) -> None:
    """wanted: a number from 1 on. Raises ReplayRefused."""
    if wanted > stream.last:
        raise NotSentYet
    if wanted < stream.first_kept:
        raise NoLongerKept(stream.first_kept)
    if stream.replay_under_way:
        raise ReplayUnderWay
    if min(MOST_REPLAYED, stream.last - wanted + 1) > stream.left_today:
        raise ReplayedEnough


def _register_message(event: Event, kind: str, unit: Unit) -> tuple[Referral, UUID]:
    submission = _submission(
        event.data,
        house=unit.profile(event.house),
        kind=kind,
        referrer=partner_of(event),
        message_id=event.id,
        received_on=dutch_date(event.time),
    )
    referral, case_id = _register(submission, event.time, unit)
    _accept(event, referral.referral_id, case_id, unit)
    return referral, case_id


def _submission(data: Mapping[str, Any], **origin: Any) -> Submission:
    particulars = {name: value for name, value in data.items() if name != "subject"}
    return Submission(subject=Subject(**data["subject"]), particulars=particulars, **origin)


def _register(submission: Submission, time: datetime, unit: Unit) -> tuple[Referral, UUID]:
    """Stores the referral and tells weighing, unless it is not to be weighed. Gives it with its case."""
    known = recognised(submission.subject, submission.house.id, unit)
    referral = referral_from(submission, referral_id=uuid7(), subject_id=known.subject_id, known=known.details)
    unit.store.add_referral(referral, submission.particulars, known)
    if not referral.sealed:
        metrics.REFERRALS.labels(referral.house, referral.kind).inc()
    if referral.weighed:
        unit.announce(
            "referrals.registered.v1", house=referral.house, case_id=known.case_id, time=time, data=vars(referral)
        )
    return referral, known.case_id


def recognised(subject: Subject, house_id: str, unit: Unit) -> KnownSubject:
    """The subject as the house knows it from now on: found by its traits, or new."""
    unit.store.lock_house(house_id)
    given = traits(subject)
    subject_id = recognise(given, unit.store.candidates(house_id, given))
    known = unit.store.subject(house_id, subject_id) if subject_id else None
    if known is None:
        known = unit.store.add_subject(house_id, subject, unit.now())
    elif (details := known.details.completed_by(subject)) != known.details:
        known = replace(known, details=details)
        unit.store.change_details(house_id, known)
    for trait in given:
        unit.store.add_trait(house_id, known, trait)
    return known


def accept(
    house: str,
    user: str,
    message_id: UUID,
    unit: Unit,
    *,
    reference: str | None = None,
    referral_id: UUID | None = None,
    case_id: UUID | None = None,
) -> None:
    """The receipt that a partner gets for its message."""
    unit.announce(
        "messages.accepted.v1",
        house=house,
        case_id=case_id,
        time=unit.now(),
        to=user,
        data={"message_id": message_id, "reference": reference, "referral_id": referral_id},
    )


def _accept(event: Event, referral_id: UUID | None, case_id: UUID | None, unit: Unit) -> None:
    reference = event.data.get("reference")
    accept(event.house, event.sender, event.id, unit, reference=reference, referral_id=referral_id, case_id=case_id)


def disclosed(house_id: str, subject_id: UUID | None, *, to: str, purpose: str, unit: Unit) -> KnownSubject:
    """Opens what is known of a subject, and keeps who was told."""
    known = unit.store.subject(house_id, subject_id) if subject_id else None
    if known is None:
        raise UnknownSubject
    unit.store.add_disclosure(
        house=house_id,
        subject_id=known.subject_id,
        disclosed_to=to,
        purpose=purpose,
        correlation_id=unit.correlation_id,
        disclosed_at=unit.now(),
    )
    metrics.DISCLOSURES.labels(house_id, purpose).inc()
    return known


def recipient(house: House, partner_id: str, type: str) -> str:
    """The user of a partner that gets this type of message. Raises MayNotGet."""
    partner = house.partners.get(partner_id)
    if partner is None or type not in partner.may_get:
        raise MayNotGet
    return house.user_of(partner_id)


def partner_of(event: Event) -> str:
    """The id of the partner that sent a message: its user is `<house>.<partner>`."""
    return event.sender.removeprefix(f"{event.house}.")
