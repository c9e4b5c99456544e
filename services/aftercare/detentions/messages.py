"""What aftercare hears of detentions and release dates, and the announcement of another release date."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.judgements.messages import PartnerMessage


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
class ReleaseDateReported(PartnerMessage):
    """`release-dates.reported.v1` of intake: a partner gives the release date of a detention that began on a day."""

    detained_on: date
    release_on: date
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateChanged:
    """`release-dates.changed.v1`: a detention has another release date."""

    detention_id: UUID
    municipality: str
    release_on: date
    source: str
    changed_on: date
