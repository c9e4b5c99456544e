"""What aftercare hears of detentions and release dates, what people record, and what is announced."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.detentions.rules import ReleaseDate, Withdrawal
from services.aftercare.judgements.messages import PartnerMessage
from services.aftercare.records.messages import Correction
from shared.bounds import Length, Text
from shared.days import HouseDay, ReleaseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionRegistered:
    """`detentions.registered.v1` of intake: a detention notice came in."""

    detention_id: UUID
    subject_id: UUID
    referral_id: UUID | None = None
    municipality: str
    institution: str
    detained_on: date
    expected_release_on: date | None = None
    own_aftercare: bool
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionCorrected:
    """`detentions.corrected.v1` of intake: a partner sent the same detention notice again with other content."""

    detention_id: UUID
    subject_id: UUID
    municipality: str
    institution: str
    detained_on: date
    expected_release_on: date | None = None
    own_aftercare: bool
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateReported(PartnerMessage):
    """`release-dates.reported.v1` of intake: a partner gives the release date of a detention that began on a day.

    `release_on` is absent if no release date is known any more.
    """

    detained_on: date
    release_on: date | None = None
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReleaseDate(ReleaseDate):
    """`releaseOn` is null or left out if no release date is known any more."""

    release_on: ReleaseDay | None = None
    changed_on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDetention:
    """From which day nothing is done for a detention any more, and why. `because` stays in aftercare."""

    on: HouseDay
    reason: Withdrawal
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateNotice(Correction):
    """Why a notice is of another stay than the detention that it was added to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreDetention(Correction):
    """Why the withdrawal of a detention was a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateChanged:
    """`release-dates.changed.v1`: a detention has another release date, or none any more if `releaseOn` is absent."""

    detention_id: UUID
    municipality: str
    release_on: date | None = None
    source: str
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionJoined:
    """`detentions.joined.v1`: a notice is of a detention that is known already, such as a transfer."""

    detention_id: UUID
    joined_to: UUID
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnDetention:
    """`detentions.withdrawn.v1`: nothing is done for a detention any more; `reason` is a code.

    `referral_id`: of the notice that told of it, if a briefing weighs that.
    """

    detention_id: UUID
    referral_id: UUID | None = None
    reason: Withdrawal
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionRestored:
    """`detentions.restored.v1`: a detention is one of its own after all; it was joined or withdrawn by a slip.

    `separatedFrom` is the detention that it was joined to, absent if it was withdrawn. `referralId`: as withdrawn.
    """

    detention_id: UUID
    referral_id: UUID | None = None
    separated_from: UUID | None = None
    restored_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetainedNowQuery:
    """`caseIds`: for example those of a page of follow-ups."""

    case_ids: Annotated[tuple[UUID, ...], Length(1, 200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDetention:
    """A detention of the person of a case. `case_id`: as it was asked. `registered_on`: when its notice came."""

    case_id: UUID
    detained_on: date
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetainedNow:
    """Of the cases that were asked, one after the other; nothing of whom is free."""

    items: tuple[RunningDetention, ...]
