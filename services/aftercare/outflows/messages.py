"""The rows of an outflow list, as aftercare hears of them."""

from dataclasses import dataclass
from datetime import date

from services.aftercare.judgements.messages import PartnerMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class OutflowReported(PartnerMessage):
    """`outflows.reported.v1` of intake: one row of a part of a year's outflow list, on the case of the person."""

    list_year: int
    part: int
    parts: int
    rows: int
    row: int
    municipality: str
    institution: str
    detained_on: date
    released_on: date
