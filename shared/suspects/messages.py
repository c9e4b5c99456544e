"""What intake tells of a list of suspects."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectRecognised:
    """`suspects.recognised.v1` of intake: somebody is on a list of suspects."""

    listed_on: date
