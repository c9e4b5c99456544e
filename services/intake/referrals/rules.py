"""What is brought to the house about a subject, and how it is registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from services.intake.house import CURRENT, House, TextKind
from services.intake.subjects.rules import (
    AgeClass,
    Claim,
    CountedSex,
    KnownSubject,
    Subject,
    age_class,
    sex_or_family,
)
from shared.rules import BrokenRule, UnknownObject


class UnknownReferral(UnknownObject):
    field = "referralId"
    reason = "is not a referral of this house"


class UnknownTheme(BrokenRule):
    field = "theme"
    reason = "is not a theme of this house"


class UnknownKind(BrokenRule):
    field = "kind"
    reason = "is not a kind of current referral of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a partner brings. message_id: None if it came by phone or mail. theme: of a matter that stays sealed.

    ids_as_sent: the id and correlation id of the message, as the partner wrote them.
    stated_at: when the partner wrote it, or told it by phone. worrying: whether the partner says so.
    """

    house: str
    kind: str
    referrer: str
    message_id: UUID | None
    stated_at: datetime
    received_on: date
    subject: Subject
    theme: str | None = None
    worrying: bool = False
    ids_as_sent: tuple[str, str] | None = None

    @property
    def is_sealed(self) -> bool:
        return self.theme is not None

    @property
    def claim(self) -> Claim:
        return Claim(self.referrer, self.stated_at, self.subject.told())


class Referral(NamedTuple):
    """One thing brought to the house about a subject, as it is registered.

    sealed: of a sealed theme, seen by nobody but intake. weighed: whether it goes to a briefing. told: by what the same
    thing is recognised when it is told again. stated_at, told: None for what was registered before these were kept.
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
    sex: CountedSex
    age_class: AgeClass
    sealed: bool
    weighed: bool
    stated_at: datetime | None = None
    told: bytes | None = None
    detention_id: UUID | None = None


class Stay(NamedTuple):
    """A stay in prison, as a detention notice tells it."""

    institution: str
    detained_on: date
    expected_release_on: date | None

    def is_over_by(self, day: date) -> bool:
        return self.expected_release_on is not None and self.expected_release_on < day


def is_another(stays: tuple[Stay, Stay] | None, *, unread: bool) -> bool:
    """Whether what is told again is another thing: a stay after the release, or a text that nobody will read there.

    stays: in prison, as told before and now. unread: a new text once the team is done with what was told before.
    """
    if stays:
        before, now = stays
        return before.is_over_by(now.detained_on)
    return unread


class WrittenText(NamedTuple):
    """The text that comes with a referral."""

    kind: TextKind
    text: str


def unknown_theme(theme: str | None, house: House) -> Iterator[BrokenRule]:
    """A misspelt theme is refused, so that nothing sealed slips through open."""
    if theme is not None and theme not in house.sealed_themes:
        yield UnknownTheme(known=house.sealed_themes)


def unknown_kind(kind: str | None, house: House, field: str = "kind") -> Iterator[BrokenRule]:
    """A kind that is named is one of the house that comes as a current referral."""
    if kind is not None and kind not in (known := house.kinds_in(CURRENT)):
        yield UnknownKind(field, known=known)


def referral_from(
    submission: Submission,
    house: House,
    *,
    referral_id: UUID,
    known: KnownSubject,
    told: bytes | None = None,
    detention_id: UUID | None = None,
) -> Referral:
    """known: with the claim of the submission. detention_id: of a detention notice."""
    municipality = house.municipalities[submission.subject.municipality]
    return Referral(
        referral_id=referral_id,
        subject_id=known.subject_id,
        house=house.id,
        kind=submission.kind,
        referrer=submission.referrer,
        message_id=submission.message_id,
        received_on=submission.received_on,
        municipality=municipality.name,
        sub_region=municipality.sub_region,
        sex=sex_or_family(known.details),
        age_class=age_class(
            None if known.details.is_several else known.details.birth_date,
            house.reference_date(submission.received_on.year),
        ),
        sealed=submission.is_sealed,
        weighed=_is_weighed(submission, house),
        stated_at=submission.stated_at,
        told=told,
        detention_id=detention_id,
    )


def waits(referral: Referral, house: House) -> bool:
    """Whether a person must say first that the referral is worrying: nobody has."""
    if referral.sealed or referral.weighed:
        return False
    return house.weighed(referral.kind, referral.municipality) == "if_worrying"


def _is_weighed(submission: Submission, house: House) -> bool:
    weighed = house.weighed(submission.kind, submission.subject.municipality)
    return not submission.is_sealed and (weighed == "always" or (weighed == "if_worrying" and submission.worrying))
