"""Somebody is forgotten on request: one person asks for it, another one confirms it, and no case may run."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from services.intake.house import House
from services.intake.openings.rules import BRIEFING, Opening
from shared.rules import Contradiction, NotAllowed, UnknownObject

Ground = Literal["no_longer_needed", "consent_withdrawn", "objection", "unlawful", "legal_duty"]
"""Those of article 17, first paragraph, of the AVG."""
ForgettingDecision = Literal["forget", "keep"]


class UnknownForgetting(UnknownObject):
    field = "forgettingId"
    reason = "is not a request of this house that waits for a decision"


class SecondPersonConfirms(NotAllowed):
    field = "decision"
    reason = "must be confirmed by another person than the one who asked for it"


class OnAgenda(Contradiction):
    field = "subjectId"
    reason = "waits for a briefing, or is of a family that does: forget this person once the team has decided"


class AtTable(Contradiction):
    field = "subjectId"
    reason = "is treated at a table, or is of a family that is: forget this person once the table case is closed"


class InAftercareNow(Contradiction):
    field = "subjectId"
    reason = "is followed by aftercare: forget this person once that has ended"


class IdentityInDoubt(Contradiction):
    field = "subjectId"
    reason = "may be whom a referral that was set aside is about: decide on that first"


class Forgetting(NamedTuple):
    """A request that somebody is forgotten."""

    forgetting_id: UUID
    house: str
    subject_id: UUID
    ground: Ground
    asked_by: str
    asked_by_id: str
    asked_at: datetime


def check_no_case_runs(openings: Iterable[Opening], house: House, today: date, *, in_doubt: bool) -> None:
    """openings: of the person and of its families. Raises IdentityInDoubt, OnAgenda, AtTable, InAftercareNow."""
    if in_doubt:
        raise IdentityInDoubt
    for opening in openings:
        if _goes_on(opening, house, today):
            raise AtTable if opening.at_table else OnAgenda if opening.purpose == BRIEFING else InAftercareNow


def _goes_on(opening: Opening, house: House, today: date) -> bool:
    """What has ended can be seen for `readable_days` more, and no longer."""
    return opening.last_day is None or opening.last_day > today + timedelta(days=house.readable_days or 0)


def check_decision(asked_by_id: str, by: str, decision: ForgettingDecision) -> None:
    """by: the caller's id. Raises SecondPersonConfirms; who asked may take it back."""
    if decision == "forget" and by == asked_by_id:
        raise SecondPersonConfirms
