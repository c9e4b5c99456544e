"""Business dates in Dutch time. Most come with a message or a command; few are the date of today."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NETHERLANDS = ZoneInfo("Europe/Amsterdam")


def noon(day: date) -> datetime:
    """Noon (UTC) of a business date: an instant on that date in Dutch time too, in summer and winter."""
    return datetime.combine(day, time(12), UTC)


def dutch_date(instant: datetime) -> date:
    """The date in the Netherlands at an instant."""
    return instant.astimezone(NETHERLANDS).date()


def day_in_the_netherlands(day: date) -> tuple[datetime, datetime]:
    """When a date begins and when the next one does, in Dutch time: 23 hours apart when summer time begins."""
    begins, ends = (datetime.combine(each, time(), NETHERLANDS) for each in (day, day + timedelta(days=1)))
    return begins, ends


def today() -> date:
    """The current date in the Netherlands."""
    return dutch_date(datetime.now(UTC))


def moment_on(day: date, instant: datetime) -> datetime:
    """The instant if it is on that business date; else noon, as of whatever is known by its date alone."""
    return instant if dutch_date(instant) == day else noon(day)
