"""A submission becomes a referral."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.intake.domain.house import House
from services.intake.domain.subjects import Subject, age_class, sex_or_family


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a partner brings. message_id: None when it came by phone or mail. particulars: the rest of its fields."""

    house: House
    kind: str
    referrer: str
    message_id: UUID | None
    received_on: date
    subject: Subject
    particulars: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Referral:
    """One thing brought to the house about a subject, as it is registered.

    sealed: of a sealed theme, seen by nobody but intake. weighed: whether it goes to a briefing.
    """

    referral_id: UUID
    subject_id: UUID
    house: str
    kind: str
    referrer: str
    message_id: UUID | None
    received_on: date
    municipality: str
    sub_region: str
    sex: str
    age_class: str
    sealed: bool
    weighed: bool


def referral_from(submission: Submission, *, referral_id: UUID, subject_id: UUID, known: Subject) -> Referral:
    """`known` is all that the house knows of the subject, the submission included.

    Detention notices from a municipality with an aftercare of its own are registered and not weighed.
    """
    house = submission.house
    municipality = house.municipalities[submission.subject.municipality]
    own_aftercare = submission.kind == "detention_notice" and municipality.own_aftercare
    sealed = submission.particulars.get("theme") in house.sealed_themes
    return Referral(
        referral_id=referral_id,
        subject_id=subject_id,
        house=house.id,
        kind=submission.kind,
        referrer=submission.referrer,
        message_id=submission.message_id,
        received_on=submission.received_on,
        municipality=municipality.name,
        sub_region=municipality.sub_region,
        sex=sex_or_family(known),
        age_class=age_class(known.birth_date, house.reference_date(submission.received_on.year)),
        sealed=sealed,
        weighed=not (sealed or own_aftercare),
    )
