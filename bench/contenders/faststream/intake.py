"""Intake: the door for partners, both ways."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from faststream import Depends
from faststream.rabbit import RabbitRouter

from bench.contenders.faststream import messages
from bench.contenders.faststream.messages import (
    ArrestNotice,
    CurrentReferral,
    DetentionNotice,
    DetentionRegistered,
    Event,
    FeedbackGiven,
    InformationRequestIssued,
    InformationRequestSent,
    MessageAccepted,
    ReferralRegistered,
    ReferralWeighed,
)
from bench.contenders.faststream.subjects import Door, opened, recognised
from bench.contenders.faststream.topology import (
    ARREST_NOTICES,
    CURRENT_REFERRALS,
    DETENTION_NOTICES,
    FEEDBACK_TO_GIVE,
    INGRESS,
    REQUESTS_TO_SEND,
    WEIGHING,
)
from bench.contenders.faststream.unit import Refused, Unit, current_unit
from services.intake.house import Form, House
from services.intake.partners.rules import Statement
from services.intake.profile import load_houses
from services.intake.referrals import messages as referrals
from services.intake.referrals.rules import Referral, Submission, referral_from
from services.intake.settings import IntakeSettings
from services.intake.subjects.rules import KnownSubject
from services.intake.vault import Vault
from shared.business_dates import dutch_date, today

PARTNER_ASKED = "information_request"
STATEMENTS: Mapping[Form, type[Statement]] = {
    "arrest_notice": referrals.ArrestNotice,
    "detention_notice": referrals.DetentionNotice,
    "current_referral": referrals.CurrentReferral,
}
"""The platform's own classes, whose rules the models here keep as well: they have the same fields."""
CurrentUnit = Annotated[Unit[Door], Depends(current_unit, cast=False)]

router = RabbitRouter()


def own(settings: IntakeSettings) -> Door:
    """Raises ProfilesError."""
    return Door(load_houses(settings.houses), Vault(settings.master_key, settings.index_key))


@router.subscriber(ARREST_NOTICES, INGRESS)
async def register_arrest_notice(event: Event[ArrestNotice], unit: CurrentUnit) -> None:
    await _register(event, "arrest_notice", unit)


@router.subscriber(CURRENT_REFERRALS, INGRESS)
async def register_current_referral(event: Event[CurrentReferral], unit: CurrentUnit) -> None:
    await _register(event, "current_referral", unit)


@router.subscriber(DETENTION_NOTICES, INGRESS)
async def register_detention_notice(event: Event[DetentionNotice], unit: CurrentUnit) -> None:
    referral, case_id = await _register(event, "detention_notice", unit)
    institution = unit.own.houses[referral.house].institution(event.data.institution)
    assert institution  # the rules hold
    registered = DetentionRegistered(
        detention_id=uuid4(),
        subject_id=referral.subject_id,
        referral_id=referral.referral_id if referral.weighed else None,
        municipality=referral.municipality,
        institution=institution,
        detained_on=event.data.detained_on,
        expected_release_on=event.data.expected_release_on,
        own_aftercare=not referral.weighed,
        registered_on=referral.received_on,
    )
    unit.announce("detentions.registered.v1", registered, house=referral.house, case_id=case_id, time=event.time)


@router.subscriber(REQUESTS_TO_SEND, WEIGHING)
async def send_information_request(event: Event[InformationRequestIssued], unit: CurrentUnit) -> None:
    house, asked = unit.own.houses[event.house], event.data
    partner = _recipient(house, asked.partner, "information-requests.sent.v1")
    referral = await _referral(house.id, asked.referral_id, unit)
    if referral["subject_id"] != asked.subject_id:
        raise Refused("subjectId is not that of the referral")
    await unit.execute("add_information_request", asked.model_dump() | {"house": house.id})
    disclosed = {"house": house.id, "subject_id": asked.subject_id, "disclosed_to": partner, "purpose": PARTNER_ASKED}
    moment = {"correlation_id": unit.correlation_id, "disclosed_at": datetime.now(UTC)}
    await unit.execute("add_disclosure", disclosed | moment)
    subject = messages.Subject.model_validate(opened(referral, "details", unit))
    sent = InformationRequestSent(request_id=asked.request_id, answer_by=asked.answer_by, subject=subject)
    which: dict[str, Any] = {"house": house.id, "case_id": referral["case_id"], "time": event.time}
    unit.announce("information-requests.sent.v1", sent, **which, to=partner)


@router.subscriber(FEEDBACK_TO_GIVE, WEIGHING)
async def give_feedback(event: Event[ReferralWeighed], unit: CurrentUnit) -> None:
    house, weighed = unit.own.houses[event.house], event.data
    referral = await _referral(house.id, weighed.referral_id, unit)
    feedback = FeedbackGiven(
        message_id=referral["message_id"],
        reference=opened(referral, "particulars", unit)["reference"],
        decision=weighed.decision,
        reason=weighed.reason,
        decided_on=weighed.briefing_on,
    )
    to = _recipient(house, referral["referrer"], "feedback.given.v1")
    which: dict[str, Any] = {"house": house.id, "case_id": referral["case_id"], "time": event.time}
    unit.announce("feedback.given.v1", feedback, **which, to=to)


async def _register(event: Event[Any], kind: Form, unit: Unit[Door]) -> tuple[Referral, UUID]:
    """Stores what a partner brings, answers it, and tells weighing unless it is not to be weighed. With its case."""
    submission, house = _submission(event, kind, unit), unit.own.houses[unit.path["house"]]
    known = await recognised(submission.subject, house.id, unit)
    subject = KnownSubject(known.subject_id, known.case_id, known.data_key, False, (), known.details)
    referral = referral_from(submission, house, referral_id=uuid4(), known=subject)
    told = event.data.model_dump(exclude_none=True, exclude={"subject"})
    await unit.execute("add_referral", referral._asdict() | {"particulars": known.sealed("particulars", told, unit)})
    which: dict[str, Any] = {"house": house.id, "case_id": known.case_id}
    if referral.weighed:
        registered = ReferralRegistered.model_validate(referral._asdict())
        unit.announce("referrals.registered.v1", registered, **which, time=event.time)
    accepted = MessageAccepted(message_id=event.id, reference=event.data.reference, referral_id=referral.referral_id)
    to = house.user_of(submission.referrer)
    unit.announce("messages.accepted.v1", accepted, **which, time=datetime.now(UTC), to=to)
    return referral, known.case_id


def _submission(event: Event[Any], kind: Form, unit: Unit[Door]) -> Submission:
    """Raises Refused, naming fields and no values."""
    house, partner = _sender(event, unit)
    if broken := list(STATEMENTS[kind].broken_rules(event.data, house, today())):
        raise Refused(", ".join(f"{rule.field} {rule}" for rule in broken))
    return Submission(
        house=house.id,
        kind=kind,
        referrer=partner,
        message_id=event.id,
        stated_at=event.time,
        received_on=dutch_date(event.time),
        subject=event.data.subject.known(),
        theme=getattr(event.data, "theme", None),
    )


def _sender(event: Event[Any], unit: Unit[Door]) -> tuple[House, str]:
    """The partner whose queue it came from, with its house. Raises Refused."""
    house, partner = unit.own.houses[unit.path["house"]], unit.path["partner"]
    if event.source != house.partners[partner].source:
        raise Refused("source is not the partner's own")
    return house, partner


async def _referral(house: str, referral_id: UUID, unit: Unit[Door]) -> Mapping[str, Any]:
    """Raises Refused."""
    referral = await unit.fetch_one("referral", {"house": house, "referral_id": referral_id})
    if referral is None:
        raise Refused("referralId is not a referral of this house")
    return referral


def _recipient(house: House, partner: str, type: str) -> str:
    """The user of a partner that gets this type of message. Raises Refused."""
    if partner not in house.partners or type not in house.partners[partner].may_get:
        raise Refused("partner is not one that gets this type of message")
    return house.user_of(partner)
