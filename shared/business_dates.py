"""Business dates: most come with a message or a command, and few things are done of today."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

NETHERLANDS = ZoneInfo("Europe/Amsterdam")


def noon(day: date) -> datetime:
    """A business date as an instant, on the same day in every Dutch house."""
    return datetime.combine(day, time(12), UTC)


def dutch_date(instant: datetime) -> date:
    """The day it is in the Netherlands at that time."""
    return instant.astimezone(NETHERLANDS).date()


def today() -> date:
    """The day it is in the Netherlands."""
    return dutch_date(datetime.now(UTC))
