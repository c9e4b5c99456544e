"""A day is watched: what is overdue, and who was released without a plan, is raised once."""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from datetime import date

from services.aftercare import metrics
from services.aftercare.house import House
from services.aftercare.ledger.rules import LineStanding
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.preparations import rules as preparations
from services.aftercare.preparations.handlers import raise_overdue
from services.aftercare.preparations.rules import Level, Overdue
from services.aftercare.preparations.store import PreparationStore
from services.aftercare.releases.handlers import see_releases
from services.aftercare.releases.rules import Prepared
from services.aftercare.releases.store import ReleaseStore
from services.aftercare.watch.messages import WatchRound
from services.aftercare.watch.store import WatchStore
from shared.unit import Unit


def watch_today(unit: Unit[House]) -> None:
    """Watch every house, on the day that it is in the Netherlands."""
    for house in unit.houses:
        watch(house, unit.today, unit)


def watch(house: str, day: date, unit: Unit[House]) -> WatchRound:
    """Raise what is overdue on a day, and see the releases before it. Another round for the day raises nothing more."""
    unit.store(WatchStore).lock_watch(house)
    profile = unit.profile(house)
    situations = unit.store(PreparationStore).situations(house, day, preparations.days_ahead(profile))
    overdue = preparations.overdue(situations, day, profile)
    raised = raise_overdue(house, day, overdue, unit)
    unit.store(PreparationStore).mark_standing(house, overdue)
    seen = see_releases(house, day, unit)
    _measure_overdue(house, day, overdue, profile)
    _measure_standing(house, unit)
    return WatchRound(
        house=house,
        on=day,
        preparations_raised=raised,
        releases_seen=seen.total(),
        breaches_raised=seen[Prepared.NOTHING],
    )


def _measure_overdue(house: str, day: date, overdue: Collection[Overdue], profile: House) -> None:
    counted = Counter((missing.preparation, missing.level(day)) for somebody in overdue for missing in somebody.missing)
    for preparation in profile.preparations:
        for level in Level:
            metrics.OVERDUE.labels(house, preparation.code, level).set(counted[preparation.code, level])


def _measure_standing(house: str, unit: Unit[House]) -> None:
    for line in unit.store(LedgerStore).lines_standing(house):
        _measure_line(house, line)
    metrics.WITHOUT_PLAN.labels(house).set(len(unit.store(ReleaseStore).standing_breaches(house)))


def _measure_line(house: str, line: LineStanding) -> None:
    """A closed year is measured no more."""
    labels = house, line.fund, str(line.year), line.line, line.kind
    if not line.is_closed:
        metrics.LINES.labels(*labels).set(float(line.amount))
        return
    with suppress(KeyError):
        metrics.LINES.remove(*labels)
