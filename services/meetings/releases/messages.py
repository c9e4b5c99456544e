"""Release dates, as meetings hears of them and shows them with a table case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateChanged:
    """`release-dates.changed.v1` of aftercare. `release_on` is absent if no release date is known any more."""

    detention_id: UUID
    release_on: date | None = None
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionWithdrawn:
    """`detentions.withdrawn.v1` of aftercare: nothing is done for a detention any more."""

    detention_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionJoined:
    """`detentions.joined.v1` of aftercare: a detention notice is of a detention that another notice told."""

    detention_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """When the subject is released from a detention; `releaseOn` is null if no release date is known any more.

    `changedOn`: since when that is the release date.
    """

    detention_id: UUID
    release_on: date | None
    changed_on: date
