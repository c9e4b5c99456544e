"""Which briefing is meant."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from shared.schemas import StrictSchema, schema_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingsQuery:
    """The sub-region whose briefings are looked up."""

    sub_region: str


class BriefingPath(NamedTuple):
    """The briefing that a path names."""

    briefing_on: date


def briefing_day(path_value: str) -> date:
    """The day of the briefing that a path names. Raises ValidationError if the path names no date."""
    path: BriefingPath = schema_of(BriefingPath, StrictSchema).load({"briefingOn": path_value})
    return path.briefing_on
