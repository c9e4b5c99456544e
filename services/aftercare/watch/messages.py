"""What people ask of the watch, and what they get."""

from dataclasses import dataclass
from datetime import date

from shared.days import HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDay:
    on: HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRound:
    """What this round raised that none before it did."""

    house: str
    on: date
    preparations_raised: int
    releases_seen: int
    breaches_raised: int
