"""Which records are of one person, by the word of a person: what can be decided on a pair, and when.

    proposed -> merged -> separation asked -> separated
    proposed -> kept apart

Keeping apart and separating can be taken back: then the pair is proposed again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from services.intake.house import House
from services.intake.subjects.comparing import Evidence
from shared.rules import BrokenRule, Contradiction, NotAllowed, UnknownObject

Band = Literal["sure", "ask", "new"]
State = Literal["proposed", "merged", "separation_asked", "separated", "kept_apart"]
Decision = Literal["merge", "keep_apart", "ask_separation", "separate", "stay_merged", "take_back"]

AFTER: Mapping[tuple[State, Decision], State] = {
    ("proposed", "merge"): "merged",
    ("proposed", "keep_apart"): "kept_apart",
    ("merged", "ask_separation"): "separation_asked",
    ("separation_asked", "separate"): "separated",
    ("separation_asked", "stay_merged"): "merged",
    ("kept_apart", "take_back"): "proposed",
    ("separated", "take_back"): "proposed",
}


class UnknownMatch(UnknownObject):
    field = "matchId"
    reason = "is not a pair of records of this house"


class NotInThisState(Contradiction):
    field = "decision"
    reason = "cannot be decided on this pair now"


class SameRecord(BrokenRule):
    field = "otherId"
    reason = "must be another record"


class PersonAndFamily(BrokenRule):
    field = "otherId"
    reason = "must be a person if the other is a person, and a family if it is a family"


class MergedAlready(Contradiction):
    field = "otherId"
    reason = "is of the same person already"


class KeptApart(Contradiction):
    field = "otherId"
    reason = "was kept apart from this person; take that decision back first"


class SecondPersonNeeded(NotAllowed):
    field = "decision"
    reason = "must be confirmed by another person than the one who asked for it"


class Match(NamedTuple):
    """Two records that may be of one person or family. subject_id: of the one that was registered first.

    merge_id: of the link between the two, if they ever were merged. asked_by: who asked for a separation.
    """

    match_id: UUID
    house: str
    subject_id: UUID
    other_id: UUID
    state: State
    version: int
    band: Band
    score: int
    evidence: Evidence
    proposed_at: datetime
    merge_id: UUID | None
    asked_by: str | None


def band(score: int, house: House) -> Band:
    """How likely two records are one, as the house sees it."""
    if score >= house.sure_from:
        return "sure"
    return "ask" if score >= house.ask_from else "new"


def state_after(match: Match, decision: Decision, by: str) -> State:
    """by: the caller's id. Raises NotInThisState, SecondPersonNeeded."""
    after = AFTER.get((match.state, decision))
    if after is None:
        raise NotInThisState
    if decision == "separate" and by == match.asked_by:
        raise SecondPersonNeeded
    return after
