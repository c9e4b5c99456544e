"""From the notice to the plan: load, decide, store, announce."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import detentions, plans
from services.aftercare.domain.detentions import Detention, ReleaseDate
from services.aftercare.domain.errors import UnknownDetention
from services.aftercare.domain.plans import AftercarePlan
from shared.business_dates import noon
from shared.messaging import Event, check_version


def register_detention(event: Event, unit: Unit) -> None:
    """Every detention is registered, also where the municipality does its own aftercare."""
    notice = dict(event.data)
    release_on = notice.pop("expected_release_on")
    detention = Detention(**notice, house=event.house, case_id=event.required_case_id())
    unit.store.add_detention(detention)
    if release_on:
        expected = ReleaseDate(release_on=release_on, source=detentions.NOTICE, changed_on=detention.registered_on)
        unit.store.add_release_date(detentions.change_release_date(detention, expected), expected)
    metrics.DETENTIONS.labels(event.house, str(detention.own_aftercare).lower()).inc()


def change_release_date(house: str, detention_id: UUID, change: ReleaseDate, unit: Unit) -> Detention:
    """The detention with the release date that counts now; those before stay as history."""
    detention = detention_to_change(house, detention_id, unit)
    changed = detentions.change_release_date(detention, change)
    if changed is detention:
        return detention
    unit.store.add_release_date(changed, change)
    announce("release-dates.changed.v1", changed, change.changed_on, asdict(change), unit)
    metrics.RELEASE_DATES.labels(house).inc()
    return changed


def report_release_date(event: Event, unit: Unit) -> None:
    """A partner reports when somebody comes out whose detention began on a day; the partner is the date's source."""
    report = event.data
    detention_id = unit.store.detention_begun(event.house, event.case_id, report["detained_on"])
    if not detention_id:
        raise UnknownDetention("detainedOn", "no detention of this person began on that day")
    change = ReleaseDate(release_on=report["release_on"], source=report["partner"], changed_on=report["reported_on"])
    change_release_date(event.house, detention_id, change, unit)


def make_plan(
    house: str, detention_id: UUID, plan: AftercarePlan, unit: Unit, expected_version: int | None = None
) -> AftercarePlan:
    """The plan that stands now; the one before stays as history. expected_version: of that one, 0 for none."""
    detention = detention_to_change(house, detention_id, unit)
    standing = unit.store.standing_plan(detention_id)
    made = plans.make(detention, plan, standing, unit.profile(house))
    if made is standing:
        return made
    if expected_version is not None:
        check_version(expected_version, standing.version if standing else 0)
    unit.store.replace_plan(detention, made)
    announce("aftercare-plans.made.v1", detention, made.made_on, asdict(made), unit)
    metrics.PLANS.labels(house).inc()
    if standing is None:
        metrics.NOTICE_TO_PLAN_DAYS.labels(house).observe((made.made_on - detention.registered_on).days)
    for each in made.domains:
        metrics.BOTTLENECKS.labels(house, each.domain, each.bottleneck.value).inc()
    return made


def detention_to_change(house: str, detention_id: UUID, unit: Unit) -> Detention:
    """Locked, so that of two commands the second sees what the first did."""
    detention = unit.store.detention_to_change(house, detention_id)
    if not detention:
        raise UnknownDetention
    return detention


def announce(type: str, detention: Detention, on: date, data: dict[str, Any], unit: Unit) -> None:
    which = {"detention_id": detention.detention_id, "municipality": detention.municipality}
    unit.announce(type, house=detention.house, case_id=detention.case_id, time=noon(on), data=which | data)
