"""The figures of a minute are kept."""

from datetime import datetime

from services.reporting.counters.rules import growth, remembered
from services.reporting.history.rules import partners_in, services_in
from services.reporting.history.store import HistoryStore, LastMinute
from services.reporting.operations.rules import Monitor
from services.reporting.unit import Unit
from shared.business_dates import dutch_date


def keep_minute(monitor: Monitor, unit: Unit) -> None:
    """Write what went through since the last minute that any replica of reporting wrote, unless another replica did."""
    store, picture = unit.store(HistoryStore), monitor.picture
    monitor.remember_oldest(store.oldest())
    last = store.last_minute(picture.at) if picture else None
    if not picture or not last:
        return
    if last.ended:
        _add_minute(store, monitor, picture.at, last.ended, last)
    store.put_problems(picture.at, [*monitor.problems, *monitor.take_ended()])
    store.delete_old(picture.at, unit.operations_days)
    readings = remembered(last.readings, monitor.readings, picture.at.timestamp())
    store.put_watched(picture.at, readings, monitor.oldest_since())


def _add_minute(store: HistoryStore, monitor: Monitor, at: datetime, ended: datetime, last: LastMinute) -> None:
    grown = growth(last.readings, monitor.readings)
    store.add_throughput(at, (at - ended).total_seconds(), services_in(grown, monitor.services))
    store.add_to_partner_days(at, dutch_date(at), partners_in(grown))
