"""Small arithmetic that several figures share."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


def counted(values: Iterable[str], keys: Iterable[str]) -> dict[str, int]:
    """How often each value occurs; every key stands there, also with 0, and first. Nothing is left out."""
    counts = Counter(values)
    return {key: counts[key] for key in dict.fromkeys([*keys, *sorted(counts)])}


def percentage(part: int, whole: int) -> float | None:
    """To one decimal, halves up; None of nothing."""
    return float((Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)) if whole else None


def mean(days: Iterable[int]) -> float | None:
    """To one decimal, halves up; None of nothing."""
    known = list(days)
    return float((Decimal(sum(known)) / len(known)).quantize(TENTH, ROUND_HALF_UP)) if known else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
