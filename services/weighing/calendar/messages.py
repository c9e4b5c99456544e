"""The briefing that a path names."""

from datetime import date
from typing import NamedTuple

from shared.schemas import StrictSchema, schema_of


class BriefingPath(NamedTuple):
    """The briefing that a path names."""

    briefing_on: date


def briefing_day(path_value: str) -> date:
    """The day of the briefing that a path names. Raises ValidationError if the path names no date."""
    path: BriefingPath = schema_of(BriefingPath, StrictSchema).load({"briefingOn": path_value})
    return path.briefing_on
