"""What meetings leaves to the house of what came too late, and the look-up of it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.weighing.late_information.rules import LateInformation
from shared.bounds import Length

MOST_OF_A_REQUEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplementReturned:
    """`late-supplements.returned.v1` of meetings: a partner told something of somebody who is at no table, or whose
    table case was closed before anybody read it. `contribution_ids`: of its texts at intake; None if there are none.
    """

    request_id: UUID
    referral_id: UUID
    partner: str
    supplemented_on: date
    contribution_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInformationList:
    """The newest first; 100 at most."""

    items: Annotated[tuple[LateInformation, ...], Length(most=MOST_OF_A_REQUEST)]
