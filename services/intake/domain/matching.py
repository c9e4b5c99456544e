"""Is this somebody the house knows already? A BSN decides; without one, name and birth date do."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from services.intake.domain.subjects import Trait


class Candidate(NamedTuple):
    """A known subject that shares a trait, by the trait's kind."""

    trait: str
    subject_id: UUID
    has_bsn: bool


def recognise(given: Sequence[Trait], candidates: Sequence[Candidate]) -> UUID | None:
    """The known subject that the given traits belong to, or None for a new one.

    Namesakes with a BSN of their own are never taken for somebody with another BSN. Where several known subjects
    share a name and birth date and no BSN is given, only the one without BSN can be meant for certain.
    """
    for candidate in candidates:
        if candidate.trait == "bsn":
            return candidate.subject_id
    namesakes = [candidate for candidate in candidates if candidate.trait == "name"]
    bsn_given = any(trait.kind == "bsn" for trait in given)
    if len(namesakes) != 1 or bsn_given:
        namesakes = [namesake for namesake in namesakes if not namesake.has_bsn]
    return namesakes[0].subject_id if namesakes else None
