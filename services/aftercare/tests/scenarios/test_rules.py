"""What is left of a line, and what is forecast of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.scenarios.rules import LineOfYear, RunningCommitment, Scenario, Spending, scenario

TODAY = date(2015, 6, 30)
PERCENT = Decimal(25)


def line(*running: RunningCommitment, available: str = "1000.00", spent: str = "0.00") -> LineOfYear:
    return LineOfYear(year=2015, available=Decimal(available), running=running, spent=Decimal(spent))


def commitment(amount: str, *spent: str, on: date = TODAY, **differently: Any) -> RunningCommitment:
    spendings = tuple(Spending(on=on, amount=Decimal(each)) for each in spent)
    usual: dict[str, Any] = {"amount": Decimal(amount), "starts_on": date(2015, 6, 1), "spendings": spendings}
    return RunningCommitment(**usual | differently)


def found(line: LineOfYear, *proposed: RunningCommitment, today: date = TODAY) -> Scenario:
    return scenario(line, proposed, today, co_financing_percent=PERCENT)


def test_a_new_trajectory_takes_its_amount_from_the_line() -> None:
    assert found(line()).left == 1000
    assert found(line(), commitment("300.00")).left == 700


def test_what_does_not_fit_is_told_by_what_is_short() -> None:
    outcome = found(line(), commitment("700.00"), commitment("500.00"))
    assert (outcome.left, outcome.short) == (Decimal(0), Decimal(200))


def test_a_commitment_goes_on_at_the_pace_that_it_has() -> None:
    running = commitment("1000.00", "60.00", "30.00", ends_on=date(2015, 7, 10))  # 3.00 a day, 10 days to go
    outcome = found(line(running))
    assert (outcome.spent, outcome.falls_free, outcome.still_committed) == (Decimal(120), Decimal(880), Decimal(0))


def test_no_more_than_all_of_it_is_spent() -> None:
    assert found(line(commitment("100.00", "90.00"))).spent == 100


def test_what_was_not_spent_on_yet_is_spent_evenly_over_the_days_that_it_has_left() -> None:
    next_year = {"starts_on": date(2015, 12, 2), "ends_on": date(2016, 1, 30)}  # 30 days of 60 are in the year
    outcome = found(line(), commitment("600.00", **next_year))
    assert (outcome.spent, outcome.still_committed, outcome.falls_free) == (Decimal(300), Decimal(300), Decimal(0))


def test_without_an_end_it_runs_all_year() -> None:
    assert found(line(commitment("640.00"))).spent == 640


@pytest.mark.parametrize("ends_on", [date(2015, 6, 30), date(2015, 6, 15)])
def test_of_what_has_ended_nothing_more_is_spent(ends_on: date) -> None:
    outcome = found(line(commitment("100.00", "40.00", ends_on=ends_on), commitment("50.00", ends_on=ends_on)))
    assert (outcome.spent, outcome.falls_free) == (Decimal(40), Decimal(110))


def test_as_of_an_earlier_day_later_spending_is_not_known() -> None:
    running = commitment("100.00", "40.00", ends_on=date(2015, 6, 30))
    assert found(line(running), today=date(2015, 6, 29)).spent == 100  # not spent on yet: all of it on its last day


def test_co_financing_is_over_all_that_will_have_been_spent() -> None:
    assert found(line(commitment("100.00", "90.00"), spent="900.00")).co_financing_needed == 250


AMOUNTS = st.decimals(0, 10_000, places=2)
DAYS = st.dates(date(2014, 11, 1), date(2016, 3, 1))


@st.composite
def commitments(draw: st.DrawFn) -> RunningCommitment:
    starts_on, amount = draw(DAYS), draw(AMOUNTS)
    ends_on = draw(st.one_of(st.none(), st.integers(0, 400).map(lambda days: starts_on + timedelta(days=days))))
    spent = draw(st.decimals(0, amount, places=2))
    spendings = (Spending(on=draw(DAYS), amount=spent),)
    return RunningCommitment(amount=amount, starts_on=starts_on, ends_on=ends_on, spendings=spendings)


@given(AMOUNTS, AMOUNTS, st.lists(commitments(), max_size=5), st.lists(commitments(), max_size=3), DAYS)
def test_not_a_cent_of_the_line_is_lost_in_a_forecast(
    available: Decimal, spent: Decimal, running: list[RunningCommitment], proposed: list[RunningCommitment], today: date
) -> None:
    outcome = found(
        LineOfYear(year=2015, available=available, running=tuple(running), spent=spent), *proposed, today=today
    )
    whole = available + spent + sum(each.amount for each in running)
    by_then = outcome.left - outcome.short + outcome.spent + outcome.falls_free + outcome.still_committed
    assert by_then == whole
    assert min(outcome.falls_free, outcome.still_committed) >= 0
    assert outcome.spent >= spent
