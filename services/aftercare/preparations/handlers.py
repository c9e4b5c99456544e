"""What is overdue on a day is raised once at each level."""

from collections.abc import Collection
from datetime import date

from services.aftercare.house import House
from services.aftercare.preparations.messages import PreparationOverdue
from services.aftercare.preparations.rules import Level, Missing, Overdue, Situation
from services.aftercare.preparations.store import PreparationStore, Raised
from shared.business_dates import noon
from shared.unit import Unit


def raise_overdue(house: str, day: date, overdue: Collection[Overdue], unit: Unit[House]) -> int:
    """Record and announce each overdue preparation at each level that it has reached, once. Returns how many."""
    store = unit.store(PreparationStore)
    known = store.raised_preparations(house, [somebody.situation.detention_id for somebody in overdue])
    new = [
        (somebody.situation, missing, level, since)
        for somebody in overdue
        for missing in somebody.missing
        for level, since in missing.levels(day).items()
        if Raised(somebody.situation.detention_id, missing.preparation, level) not in known
    ]
    for situation, missing, level, since in new:
        store.raise_preparation(house, situation.detention_id, missing, level)
        unit.announce(_overdue(situation, missing, level), house=house, case_id=situation.case_id, time=noon(since))
    return len(new)


def _overdue(situation: Situation, missing: Missing, level: Level) -> PreparationOverdue:
    return PreparationOverdue(
        detention_id=situation.detention_id,
        municipality=situation.municipality,
        preparation=missing.preparation,
        due_on=missing.due_on,
        level=level,
    )
