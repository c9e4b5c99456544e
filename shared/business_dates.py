"""Business dates, which come with a message or a command."""

from datetime import UTC, date, datetime, time


def noon(day: date) -> datetime:
    """A business date as an instant, on the same day in every Dutch house."""
    return datetime.combine(day, time(12), UTC)
