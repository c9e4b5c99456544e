"""What a new trajectory would do to a budget line, and how the line will stand at the end of its year.

The forecast assumes that things go on as they do: a commitment that was spent on goes on at its own pace, the spending
so far by the days that it has run; one that was not is spent evenly over the days that it has left. Either stops at
its end, at the end of the year, or when all of it is spent, whichever comes first. One without an end runs all year.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from services.aftercare.domain.funds import co_financing_of
from services.aftercare.domain.money import CENT, NOTHING

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What was spent of a commitment on a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A commitment that runs, or would. `amount` is the whole; `ends_on` the last day, None when not known."""

    amount: Decimal
    starts_on: date
    ends_on: date | None = None
    spendings: tuple[Spending, ...] = ()

    @property
    def spent(self) -> Decimal:
        return sum((each.amount for each in self.spendings), NOTHING)


class Proposed(NamedTuple):
    """A commitment that could be made, and on which line."""

    line: str
    commitment: Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A budget line of a year. available: not committed yet. spent: of commitments that are done."""

    year: int
    available: Decimal
    running: tuple[Commitment, ...] = ()
    spent: Decimal = NOTHING

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How a line stands now, and at the end of its year if things go on as they do.

    left: what can still be committed. short: what is missing to commit all that was proposed. spent: in the year.
    falls_free: of commitments that end in the year, what is not spent. still_committed: of the others.
    co_financing_needed: over what will have been spent.
    """

    left: Decimal
    short: Decimal
    spent: Decimal
    falls_free: Decimal
    still_committed: Decimal
    co_financing_needed: Decimal


def scenario(line: Line, proposed: Iterable[Commitment], today: date, *, co_financing_percent: Decimal) -> Scenario:
    """What comes of the line when the proposed is committed too; with nothing proposed, how it stands as it is."""
    new = tuple(proposed)
    committed = [_as_of(today, each) for each in line.running + new]
    left = line.available - sum((each.amount for each in new), NOTHING)
    spent = [_spent_by(line.last_day, each, today) for each in committed]
    unspent = [(each, each.amount - by_then) for each, by_then in zip(committed, spent, strict=True)]
    total = line.spent + sum(spent, NOTHING)
    return Scenario(
        left=max(left, NOTHING),
        short=max(-left, NOTHING),
        spent=total,
        falls_free=sum((rest for each, rest in unspent if _ends_by(line.last_day, each)), NOTHING),
        still_committed=sum((rest for each, rest in unspent if not _ends_by(line.last_day, each)), NOTHING),
        co_financing_needed=co_financing_of(total, co_financing_percent),
    )


def _as_of(today: date, commitment: Commitment) -> Commitment:
    """Looked at as of an earlier day, what was spent later is not known yet."""
    return replace(commitment, spendings=tuple(each for each in commitment.spendings if each.on <= today))


def _ends_by(day: date, commitment: Commitment) -> bool:
    return commitment.ends_on is not None and commitment.ends_on <= day


def _spent_by(last_day: date, commitment: Commitment, today: date) -> Decimal:
    """What will have been spent of it: so far and, at its pace, from the day after today."""
    to_come = _days(max(today + DAY, commitment.starts_on), min(commitment.ends_on or last_day, last_day))
    more = _pace(commitment, today, last_day) * to_come
    forecast = (commitment.spent + more).quantize(CENT, ROUND_HALF_UP)
    return min(forecast, commitment.amount)


def _pace(commitment: Commitment, today: date, last_day: date) -> Decimal:
    """What is spent of it in a day."""
    if commitment.spent:
        return commitment.spent / max(_days(commitment.starts_on, today), 1)
    days_left = _days(max(today + DAY, commitment.starts_on), commitment.ends_on or last_day)
    return commitment.amount / days_left if days_left else NOTHING


def _days(first: date, last: date) -> int:
    """How many there are, both counted; none when the last is before the first."""
    return max((last - first).days + 1, 0)
