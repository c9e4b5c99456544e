"""What must be ready before a release, planned backwards from its day; what is missing climbs as that day nears.

While no release date is known, a preparation is due so many days after the notice: nobody waits unseen for a date.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from services.aftercare.house import House, Preparation, PreparationCode
from services.aftercare.plans.rules import Bottleneck, DomainPlan


class Level(StrEnum):
    """Whose business a missing preparation is: roles of the house, the first one first."""

    AFTERCARE_COORDINATOR = "aftercare_coordinator"
    PROCESS_DIRECTOR = "process_director"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """How somebody who is to be released stands on a day. refused: a refusal stands. plan: the plan that stands.

    release_on: None while no release date is known.
    """

    detention_id: UUID
    case_id: UUID
    municipality: str
    registered_on: date
    release_on: date | None
    conversation_held: bool
    refused: bool
    plan: tuple[DomainPlan, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A preparation that is due and not ready; it climbs to the process director on `climbs_on`."""

    preparation: str
    name: str
    due_on: date
    climbs_on: date

    def levels(self, on: date) -> Mapping[Level, date]:
        """The levels that it has reached by a day, each with the day from which on."""
        since = {Level.AFTERCARE_COORDINATOR: self.due_on, Level.PROCESS_DIRECTOR: self.climbs_on}
        return {level: day for level, day in since.items() if day <= on}

    def level(self, on: date) -> Level:
        """The highest level that it has reached by a day."""
        return list(self.levels(on))[-1]


class Overdue(NamedTuple):
    """Somebody for whom something is missing."""

    situation: Situation
    missing: tuple[Missing, ...]


def days_ahead(house: House) -> int:
    """How long before a release the first preparation may be due."""
    return max((preparation.days_before for preparation in house.preparations), default=0)


def overdue(situations: Iterable[Situation], on: date, house: House) -> list[Overdue]:
    """The people for whom something is missing on a day, in the order in which they are given."""
    found = (Overdue(situation, tuple(missing(situation, on, house))) for situation in situations)
    return [somebody for somebody in found if somebody.missing]


def missing(situation: Situation, on: date, house: House) -> Iterator[Missing]:
    """The preparations that are due by a day and not ready; none after the release, which is a breach or is not."""
    release_on = situation.release_on
    if situation.refused or (release_on and on > release_on):
        return
    for preparation in house.preparations:
        due_on = _due(preparation, situation)
        if due_on and due_on <= on and not READY[preparation.code](situation):
            climbs_on = min(due_on + timedelta(days=house.climbs_after_days), release_on or date.max)
            yield Missing(preparation=preparation.code, name=preparation.name, due_on=due_on, climbs_on=climbs_on)


def due(preparation: Preparation, registered_on: date, release_on: date) -> date:
    """So many days before the release, but never before the day after the notice was registered."""
    return max(release_on - timedelta(days=preparation.days_before), registered_on + timedelta(days=1))


def _due(preparation: Preparation, situation: Situation) -> date | None:
    """By the release date; while none is known, so many days after the notice, if the profile says how many."""
    if situation.release_on:
        return due(preparation, situation.registered_on, situation.release_on)
    days = preparation.days_after_notice
    return None if days is None else situation.registered_on + timedelta(days=days)


def _conversation(situation: Situation) -> bool:
    """Somebody was spoken to in prison."""
    return situation.conversation_held


def _plan(situation: Situation) -> bool:
    """A plan stands."""
    return situation.plan is not None


def _arranged(domain: str) -> Callable[[Situation], bool]:
    """A plan stands, and on this life domain it finds no bottleneck or refers somebody."""

    def is_arranged(situation: Situation) -> bool:
        return situation.plan is not None and all(
            planned.bottleneck is Bottleneck.NO or planned.referred_to is not None
            for planned in situation.plan
            if planned.domain == domain
        )

    return is_arranged


def _plan_accepted(situation: Situation) -> bool:
    """A plan stands, and of each referral it is known whether the detainee takes it."""
    return situation.plan is not None and all(
        planned.accepted is not None for planned in situation.plan if planned.referred_to is not None
    )


READY: Mapping[PreparationCode, Callable[[Situation], bool]] = {
    "conversation": _conversation,
    "plan": _plan,
    "identity": _arranged("identity"),
    "housing": _arranged("housing"),
    "plan_accepted": _plan_accepted,
}
"""When each preparation is ready, by its code."""
