"""What an intake officer sees of a referral that was set aside, and decides."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.intake.identity_conflicts.rules import Person
from services.intake.subjects.messages import DescribedSubject, SubjectView
from shared.bounds import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReferral:
    """A referral that waits until a person has decided whom it is about."""

    referral_id: UUID
    kind: str
    referrer: str
    received_on: date
    set_aside_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReferrals:
    """`waiting`: the oldest first, 200 at most."""

    waiting: tuple[WaitingReferral, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """`told`: whom the referral describes. `known`: who has the number that it gives."""

    referral_id: UUID
    told: DescribedSubject
    known: tuple[SubjectView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDecision:
    """`person`: `same` if the referral is about the person who has the number, `other` if the number is wrong.

    `subject_id`: which person, if two have a number of the referral. `details_right`: whether the details of the
    referral count from now on; otherwise what is known stays.
    """

    person: Person
    subject_id: UUID | None = None
    details_right: bool = False
    because: Text
