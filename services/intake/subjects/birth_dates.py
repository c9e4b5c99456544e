"""Birth dates, which registers may know in part: `1990-05-12`, `1990-05` or `1990-05-00`, `1990` or `1990-00-00`."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, NamedTuple

from shared.bounds import Check, Pattern
from shared.days import FIRST_DAY, LAST_DAY

FORM = Pattern(
    "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "not_a_birth_date",
    "Must be a date, a month or a year, written as 1990-05-12, 1990-05 or 1990.",
)


class BirthParts(NamedTuple):
    """What is known of a birth date; 0 for a month or day that is not known."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def is_whole(self) -> bool:
        return bool(self.month and self.day)

    @property
    def first(self) -> date:
        """The first day on which somebody can be born."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day on which somebody can be born."""
        if self.is_whole:
            return self.first
        after = date(self.year + (self.month or 12) // 12, (self.month or 12) % 12 + 1, 1)
        return after - timedelta(days=1)

    def agrees(self, other: "BirthParts") -> bool:
        """Whether both can be one day: `1990` and `1990-05-12`."""
        return self.first <= other.last and other.first <= self.last

    def is_slip_of(self, other: "BirthParts") -> bool:
        """Whether a slip of the pen makes one of the other: one digit, two digits or day and month exchanged."""
        one, two = _digits(self), _digits(other)
        wrong = [place for place, (left, right) in enumerate(zip(one, two, strict=True)) if left != right]
        exchanged = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and sorted(one) == sorted(two)
        return len(wrong) <= 1 or exchanged or self == (other.year, other.day, other.month)

    def __str__(self) -> str:
        return "-".join(f"{part:0{width}}" for part, width in zip(self, (4, 2, 2), strict=True) if part)


def in_short(text: str) -> str:
    """A birth date without the parts that are not known: `1990-05` for `1990-05-00`."""
    born = birth_parts(text)
    return text if born.is_whole else str(born)


@lru_cache(1024)
def birth_parts(text: str) -> BirthParts:
    """What a birth date tells."""
    return BirthParts(int(text[:4]), int(text[5:7] or 0), int(text[8:10] or 0))


def is_possible(text: str) -> bool:
    """Whether somebody can be born then, as far as the calendar and the bounds of all dates go."""
    try:
        born = birth_parts(text)
        return bool(born.month or not born.day) and FIRST_DAY <= born.first <= LAST_DAY
    except ValueError:
        return False


def _digits(born: BirthParts) -> str:
    return f"{born.year:04}{born.month:02}{born.day:02}"


BirthDate = Annotated[
    str,
    FORM,
    Check(
        is_possible,
        "not_a_possible_day",
        f"Must be a day, month or year from {FIRST_DAY} to {LAST_DAY}; leave the field out if nothing is known.",
    ),
]
"""A birth date as it is told, whole or in part."""
