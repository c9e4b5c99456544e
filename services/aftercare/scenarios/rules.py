"""What a new trajectory would do to a budget line, and how the line will stand at the end of its year.

The forecast assumes that things go on as they do: a commitment that was spent on goes on at its own pace, the spending
so far by the days that it has run; one that was not is spent evenly over the days that it has left. Either stops at
its end, at the end of the year, or when all of it is spent, whichever comes first. One without an end runs all year.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from services.aftercare.house import Code, Fund
from services.aftercare.ledger.rules import UnknownLine, co_financing_of
from services.aftercare.money.rules import CENT, NOTHING
from shared.rules import BrokenRule

DAY = timedelta(days=1)


class EndsBeforeStart(BrokenRule):
    field = "endsOn"
    reason = "is before the start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """An amount that was spent of a commitment on a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCommitment:
    """A commitment that runs, or would. `amount` is the whole; `ends_on` the last day, None when not known."""

    amount: Decimal
    starts_on: date
    ends_on: date | None = None
    spendings: tuple[Spending, ...] = ()

    @property
    def spent(self) -> Decimal:
        return sum((spending.amount for spending in self.spendings), NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A commitment that could be made on a line. Without `endsOn` it runs to the end of the year."""

    line: Code
    amount: Decimal
    starts_on: date
    ends_on: date | None = None

    @property
    def commitment(self) -> RunningCommitment:
        return RunningCommitment(amount=self.amount, starts_on=self.starts_on, ends_on=self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOfYear:
    """A budget line of a year. available: not committed yet. spent: of commitments that are done."""

    year: int
    available: Decimal
    running: tuple[RunningCommitment, ...] = ()
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


def check(proposals: Iterable[Proposal], fund: Fund) -> None:
    """Raises UnknownLine or EndsBeforeStart, with the path of the proposal to blame."""
    for position, proposal in enumerate(proposals):
        if proposal.line not in fund.lines:
            raise UnknownLine(f"proposed[{position}].line", known=fund.lines)
        if proposal.ends_on and proposal.ends_on < proposal.starts_on:
            raise EndsBeforeStart(f"proposed[{position}].endsOn")


def scenario(
    line: LineOfYear, proposed: Iterable[RunningCommitment], today: date, *, co_financing_percent: Decimal
) -> Scenario:
    """How the line will stand when the proposed is committed too; with nothing proposed, as it is."""
    new = tuple(proposed)
    committed = [_as_of(today, commitment) for commitment in line.running + new]
    left = line.available - sum((commitment.amount for commitment in new), NOTHING)
    spent = [_spent_by(line.last_day, commitment, today) for commitment in committed]
    unspent = [
        (_ends_by(line.last_day, commitment), commitment.amount - by_then)
        for commitment, by_then in zip(committed, spent, strict=True)
    ]
    total = line.spent + sum(spent, NOTHING)
    return Scenario(
        left=max(left, NOTHING),
        short=max(-left, NOTHING),
        spent=total,
        falls_free=sum((rest for ends, rest in unspent if ends), NOTHING),
        still_committed=sum((rest for ends, rest in unspent if not ends), NOTHING),
        co_financing_needed=co_financing_of(total, co_financing_percent),
    )


def _as_of(today: date, commitment: RunningCommitment) -> RunningCommitment:
    """Looked at as of an earlier day, what was spent later is not known yet."""
    known = tuple(spending for spending in commitment.spendings if spending.on <= today)
    return replace(commitment, spendings=known)


def _ends_by(day: date, commitment: RunningCommitment) -> bool:
    return commitment.ends_on is not None and commitment.ends_on <= day


def _spent_by(last_day: date, commitment: RunningCommitment, today: date) -> Decimal:
    """The amount that will have been spent: so far and, at the commitment's pace, from the day after today."""
    to_come = _days(max(today + DAY, commitment.starts_on), min(commitment.ends_on or last_day, last_day))
    more = _pace(commitment, today, last_day) * to_come
    forecast = (commitment.spent + more).quantize(CENT, ROUND_HALF_UP)
    return min(forecast, commitment.amount)


def _pace(commitment: RunningCommitment, today: date, last_day: date) -> Decimal:
    """The amount that is spent in a day."""
    if commitment.spent:
        return commitment.spent / max(_days(commitment.starts_on, today), 1)
    days_left = _days(max(today + DAY, commitment.starts_on), commitment.ends_on or last_day)
    return commitment.amount / days_left if days_left else NOTHING


def _days(first: date, last: date) -> int:
    """How many days there are, both counted; none when the last is before the first."""
    return max((last - first).days + 1, 0)
