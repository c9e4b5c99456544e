"""A detention and its release date, which is watched from the notice on."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.aftercare.house import Code
from shared.rules import BrokenRule, UnknownObject

NOTICE = "detention_notice"
"""The source of a release date that came with the detention notice."""


class UnknownDetention(UnknownObject):
    field = "detentionId"
    reason = "is not a detention of this house"


class BeforeDetention(BrokenRule):
    reason = "is before the detention began"


class BeforeLastChange(BrokenRule):
    field = "changedOn"
    reason = "is before the last change of the release date"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDate:
    """A (provisional) release date. `source`: a code for who or what gave the date, such as a partner's id."""

    release_on: date
    source: Code
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Detention:
    """One detention of one subject. `own_aftercare`: its municipality does the aftercare itself.

    `referral_id` is null when the detention was not weighed; `release_date` is the last one known.
    """

    detention_id: UUID
    house: str
    case_id: UUID
    subject_id: UUID
    referral_id: UUID | None
    municipality: str
    institution: str
    detained_on: date
    own_aftercare: bool
    registered_on: date
    release_date: ReleaseDate | None = None


def change_release_date(detention: Detention, change: ReleaseDate) -> Detention:
    """The detention with its new release date; the same change again changes nothing."""
    if detention.release_date == change:
        return detention
    if change.release_on < detention.detained_on:
        raise BeforeDetention("releaseOn")
    if detention.release_date and change.changed_on < detention.release_date.changed_on:
        raise BeforeLastChange
    return replace(detention, release_date=change)
