"""A day is watched: what is overdue, and who was released without a plan, is raised once."""

from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import preparations
from services.aftercare.domain.preparations import Level, Overdue, Situation
from services.aftercare.domain.releases import BreachState, Prepared, Release
from shared.business_dates import noon


def watch_today(unit: Unit) -> None:
    """Every house, on the day that it is in the Netherlands."""
    for house in unit.houses:
        watch(house, unit.today, unit)


def watch(house: str, day: date, unit: Unit) -> dict[str, Any]:
    """What was raised by this round; another for the same day raises nothing more."""
    unit.store.lock_watch(house)
    profile = unit.profile(house)
    situations = unit.store.situations(house, day, preparations.days_ahead(profile))
    overdue = preparations.overdue(situations, day, profile)
    raised = _raise_overdue(house, day, overdue, unit)
    seen = Counter(_see_release(house, each, unit) for each in unit.store.releases_to_see(house, day))
    _measure(house, day, overdue, unit)
    counts = {
        "preparations_raised": raised,
        "releases_seen": seen.total(),
        "breaches_raised": seen[Prepared.NOTHING],
    }
    return {"house": house, "on": day} | counts


def _raise_overdue(house: str, day: date, overdue: Collection[Overdue], unit: Unit) -> int:
    known = unit.store.raised_preparations(house, [situation.detention_id for situation, _ in overdue])
    new = [
        (situation, each, level, since)
        for situation, missing in overdue
        for each in missing
        for level, since in each.levels(day).items()
        if (situation.detention_id, each.preparation, level) not in known
    ]
    for situation, each, level, since in new:
        unit.store.raise_preparation(house, situation.detention_id, each, level)
        data = {"preparation": each.preparation, "due_on": each.due_on, "level": level}
        _announce("preparations.overdue.v1", house, situation, since, data, unit)
    return len(new)


def _see_release(house: str, release: Release, unit: Unit) -> Prepared:
    """With what somebody left, counted once."""
    prepared = release.prepared
    unit.store.see_release(house, release)
    metrics.RELEASES.labels(house, release.lead_time, prepared).inc()
    if prepared is Prepared.NOTHING:
        data = {"released_on": release.released_on}
        _announce("releases.unprepared.v1", house, release, release.released_on, data, unit)
    return prepared


def _measure(house: str, day: date, overdue: Collection[Overdue], unit: Unit) -> None:
    counted = Counter((each.preparation, each.level(day)) for _, missing in overdue for each in missing)
    for preparation in unit.profile(house).preparations:
        for level in Level:
            metrics.OVERDUE.labels(house, preparation.code, level).set(counted[preparation.code, level])
    for row in unit.store.lines_standing(house):
        _measure_line(house, row)
    metrics.WITHOUT_PLAN.labels(house).set(len(unit.store.breaches(house, state=BreachState.OPEN)))


def _measure_line(house: str, row: Mapping[str, Any]) -> None:
    """A closed year is measured no more."""
    labels = house, row["fund"], str(row["year"]), row["line"], row["kind"]
    if not row["is_closed"]:
        metrics.LINES.labels(*labels).set(float(row["amount"]))
        return
    with suppress(KeyError):
        metrics.LINES.remove(*labels)


def _announce(type: str, house: str, about: Situation | Release, on: date, data: dict[str, Any], unit: Unit) -> None:
    which = {"detention_id": about.detention_id, "municipality": about.municipality}
    unit.announce(type, house=house, case_id=about.case_id, time=noon(on), data=which | data)
