"""What a partner told after the weighing team had decided, for whoever holds the case now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.rules import UnknownObject

WORKING_DAYS = 3
"""Within so many of them the case holder reads it; after that the process director sees that nobody has."""


class UnknownInformation(UnknownObject):
    field = "informationId"
    reason = "is not late information of this house that the caller may read"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInformation:
    """That a partner told something. `contributionIds`: of its texts at intake.
    `readOn`, `readBy`: null as long as nobody has read it.
    """

    information_id: UUID
    table_case_id: UUID
    referral_id: UUID
    partner: str
    told_on: date
    contribution_ids: tuple[UUID, ...] = ()
    read_on: date | None = None
    read_by: str | None = None
