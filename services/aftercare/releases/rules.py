"""Everyone released has a plan, or a recorded refusal, or is of a municipality that does its own aftercare."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.rules import BrokenRule, UnknownObject


class Prepared(StrEnum):
    """With what somebody left detention."""

    PLAN = "plan"
    REFUSAL = "refusal"
    NOTHING = "nothing"


class BreachState(StrEnum):
    """Where a breach stands.

    open: nothing is done about it yet. disputed: somebody recorded after the breach what makes it none, such as a
    refusal with an earlier date; another person must confirm it. mended: a plan or a refusal came, too late.
    withdrawn: it was no breach.
    """

    OPEN = "open"
    DISPUTED = "disputed"
    MENDED = "mended"
    WITHDRAWN = "withdrawn"


class UnknownBreach(UnknownObject):
    field = "releaseId"
    reason = "is not a breach of this house"


class NothingToConfirm(BrokenRule):
    field = "releaseId"
    reason = "is a breach that nothing disputes: there is nothing to confirm"


class ConfirmedByRecorder(BrokenRule):
    field = "releaseId"
    reason = "must be confirmed by somebody who recorded none of the facts that dispute the breach"


LEAD_TIMES: Mapping[str, int] = {"under_2_weeks": 14, "2_to_6_weeks": 42}
"""Classes of days from the notice to the release, by the first day that is too many; then there is `over_6_weeks`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Somebody was released. planned_on, refused_on: the first time, None where there was none."""

    detention_id: UUID
    case_id: UUID
    municipality: str
    registered_on: date
    released_on: date
    planned_on: date | None
    refused_on: date | None

    @property
    def prepared(self) -> Prepared:
        """By the plan or refusal that was there on the day of the release at the latest."""
        if self.planned_on and self.planned_on <= self.released_on:
            return Prepared.PLAN
        if self.refused_on and self.refused_on <= self.released_on:
            return Prepared.REFUSAL
        return Prepared.NOTHING

    @property
    def lead_time(self) -> str:
        """The class of the days from the notice to the release."""
        days = (self.released_on - self.registered_on).days
        return next((name for name, limit in LEAD_TIMES.items() if days < limit), "over_6_weeks")


def check_confirmation(state: BreachState, recorders: Collection[str], by: str) -> None:
    """Raises unless another person than the recorders confirms that a disputed breach was none."""
    if state is not BreachState.DISPUTED:
        raise NothingToConfirm
    if by in recorders:
        raise ConfirmedByRecorder
