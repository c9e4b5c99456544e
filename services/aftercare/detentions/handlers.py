"""Detentions are registered, and their release dates change."""

from uuid import UUID

from services.aftercare import metrics
from services.aftercare.detentions import rules
from services.aftercare.detentions.messages import DetentionRegistered, ReleaseDateChanged, ReleaseDateReported
from services.aftercare.detentions.rules import NOTICE, Detention, ReleaseDate, UnknownDetention
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from shared.messaging import Event
from shared.unit import Unit


def register_detention(event: Event[DetentionRegistered], unit: Unit[House]) -> None:
    """Register the detention with the release date of the notice, also if the municipality does its own aftercare."""
    detention = _detention(event)
    store = unit.store(DetentionStore)
    store.add_detention(detention)
    if release_on := event.data.expected_release_on:
        expected = ReleaseDate(release_on=release_on, source=NOTICE, changed_on=detention.registered_on)
        store.add_release_date(rules.change_release_date(detention, expected), expected)
    metrics.DETENTIONS.labels(event.house, str(detention.own_aftercare).lower()).inc()


def report_release_date(event: Event[ReleaseDateReported], unit: Unit[House]) -> None:
    """Record the release date that a partner reports, with the partner as the source."""
    report = event.data
    detention_id = unit.store(DetentionStore).detention_begun(event.house, event.case_id, report.detained_on)
    if not detention_id:
        raise UnknownDetention("detainedOn", "no detention of this person began on that day")
    change = ReleaseDate(release_on=report.release_on, source=report.partner, changed_on=report.reported_on)
    change_release_date(event.house, detention_id, change, unit)


def change_release_date(house: str, detention_id: UUID, change: ReleaseDate, unit: Unit[House]) -> Detention:
    """Record the release date that counts from now on; the release dates before stay as history."""
    store = unit.store(DetentionStore)
    detention = store.detention_to_change(house, detention_id)
    changed = rules.change_release_date(detention, change)
    if changed is detention:
        return detention
    store.add_release_date(changed, change)
    unit.announce_on(change.changed_on, _release_date_changed(changed, change), changed)
    metrics.RELEASE_DATES.labels(house).inc()
    return changed


def _detention(event: Event[DetentionRegistered]) -> Detention:
    notice = event.data
    return Detention(
        detention_id=notice.detention_id,
        house=event.house,
        case_id=event.required_case_id(),
        subject_id=notice.subject_id,
        referral_id=notice.referral_id,
        municipality=notice.municipality,
        institution=notice.institution,
        detained_on=notice.detained_on,
        own_aftercare=notice.own_aftercare,
        registered_on=notice.registered_on,
    )


def _release_date_changed(detention: Detention, change: ReleaseDate) -> ReleaseDateChanged:
    return ReleaseDateChanged(
        detention_id=detention.detention_id,
        municipality=detention.municipality,
        release_on=change.release_on,
        source=change.source,
        changed_on=change.changed_on,
    )
