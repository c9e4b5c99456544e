"""What is brought to the house about a subject, and how it is registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.intake.house import House, ReferralKind
from services.intake.subjects.rules import AgeClass, CountedSex, Subject, age_class, sex_or_family
from shared.rules import BrokenRule, UnknownObject


class UnknownReferral(UnknownObject):
    field = "referralId"
    reason = "is not a referral of this house"


class UnknownTheme(BrokenRule):
    field = "theme"
    reason = "is not a theme of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a partner brings. message_id: None if it came by phone or mail. theme: of a matter that stays sealed."""

    kind: ReferralKind
    referrer: str
    message_id: UUID | None
    received_on: date
    subject: Subject
    theme: str | None = None


class Referral(NamedTuple):
    """One thing brought to the house about a subject, as it is registered.

    sealed: of a sealed theme, seen by nobody but intake. weighed: whether it goes to a briefing.
    """

    referral_id: UUID
    subject_id: UUID
    house: str
    kind: ReferralKind
    referrer: str
    message_id: UUID | None
    received_on: date
    municipality: str
    sub_region: str
    sex: CountedSex
    age_class: AgeClass
    sealed: bool
    weighed: bool


def unknown_theme(theme: str | None, house: House) -> Iterator[BrokenRule]:
    """A misspelt theme is refused, so that nothing sealed slips through open."""
    if theme is not None and theme not in house.sealed_themes:
        yield UnknownTheme()


def referral_from(
    submission: Submission, house: House, *, referral_id: UUID, subject_id: UUID, known: Subject
) -> Referral:
    """`known` is all that the house knows of the subject, the submission included."""
    municipality = house.municipalities[submission.subject.municipality]
    sealed = submission.theme in house.sealed_themes
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
        weighed=house.weighs(submission.kind, municipality) and not sealed,
    )
