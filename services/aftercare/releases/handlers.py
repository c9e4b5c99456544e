"""Each release is seen once, and whoever left with nothing is announced."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.aftercare import metrics
from services.aftercare.house import House
from services.aftercare.releases.messages import Breach, ConfirmNoBreach, ReleaseUnprepared
from services.aftercare.releases.rules import BreachState, Prepared, Release, check_confirmation
from services.aftercare.releases.store import ReleaseStore
from shared.business_dates import noon
from shared.unit import Unit


def see_releases(house: str, day: date, unit: Unit[House]) -> Counter[Prepared]:
    """Record the releases before a day that were not seen before. Returns with what people left, counted."""
    releases = unit.store(ReleaseStore).releases_to_see(house, day)
    return Counter(_see_release(house, release, unit) for release in releases)


def confirm_no_breach(house: str, release_id: UUID, wanted: ConfirmNoBreach, by: str, unit: Unit[House]) -> Breach:
    """Record that a disputed breach was none. by: the caller, who recorded none of the facts that dispute it."""
    store = unit.store(ReleaseStore)
    breach = store.breach_to_confirm(house, release_id)
    check_confirmation(breach.state, breach.recorders, by)
    store.confirm_breach(house, breach, wanted.because, by)
    return replace(breach, state=BreachState.WITHDRAWN)


def _see_release(house: str, release: Release, unit: Unit[House]) -> Prepared:
    prepared = release.prepared
    unit.store(ReleaseStore).see_release(house, release)
    metrics.RELEASES.labels(house, release.lead_time, prepared).inc()
    if prepared is Prepared.NOTHING:
        message = ReleaseUnprepared(
            detention_id=release.detention_id, municipality=release.municipality, released_on=release.released_on
        )
        unit.announce(message, house=house, case_id=release.case_id, time=noon(release.released_on))
    return prepared
