"""The period that figures are about, and the arithmetic that several figures share."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar
from uuid import UUID

from shared.rules import UnknownObject

TENTH = Decimal("0.1")


class OnSubject(Protocol):
    """A fact about a subject, a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def subject_id(self) -> UUID: ...


Fact = TypeVar("Fact", bound=OnSubject)


class YearToCome(UnknownObject):
    field = "year"
    reason = "has not begun"


class Period(NamedTuple):
    """A year, or the part of it that has passed."""

    first_day: date
    last_day: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def until_today(cls, year: int, today: date) -> "Period":
        """The whole year, or of the current year the days up to today. Raises YearToCome."""
        if year > today.year:
            raise YearToCome
        return cls(date(year, 1, 1), min(date(year, 12, 31), today))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first_day <= day <= self.last_day


def on_people(facts: Sequence[Fact], people: Mapping[UUID, UUID]) -> Sequence[Fact]:
    """The facts, each about the id that counts for its person. people: only subjects that were merged."""
    if not people:
        return facts
    return [replace(fact, subject_id=people[fact.subject_id]) if fact.subject_id in people else fact for fact in facts]


def counted(values: Iterable[str], keys: Iterable[str]) -> dict[str, int]:
    """How often each value occurs. Every key is in the result, also with 0, and before other values."""
    counts = Counter(values)
    return {key: counts[key] for key in dict.fromkeys([*keys, *sorted(counts)])}


def percentage(part: int, whole: int) -> float | None:
    """To one decimal, halves up; None if the whole is 0."""
    return float((Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP)) if whole else None


def mean(days: Iterable[int]) -> float | None:
    """To one decimal, halves up; None if there are no days."""
    known = list(days)
    return float((Decimal(sum(known)) / len(known)).quantize(TENTH, ROUND_HALF_UP)) if known else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day if it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
