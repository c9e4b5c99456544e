"""What is measured of the platform alone, small: that it runs, and that its figures hang together."""

import pytest

from bench import reporting, year
from bench.ground import Ground
from bench.growth import MESSAGES_A_REFERRAL, cost_with_stored_cases, memory_over_time
from bench.reporting import Size


def test_cost_is_compared_on_stores_that_are_full_already(ground: Ground) -> None:
    for cost in cost_with_stored_cases(ground, pairs=1, referrals=30, few=100, many=1000).values():
        assert 0 < cost.few == pytest.approx(cost.many / cost.ratio)
    with ground.superuser("intake") as connection:
        assert connection.execute("SELECT count(*) >= 1000 FROM subjects").fetchone() == (True,)


def test_memory_is_compared_after_more_and_more_messages(ground: Ground) -> None:
    early, late, later = (MESSAGES_A_REFERRAL * referrals for referrals in (20, 40, 60))
    memory = memory_over_time(ground, early, late, later)
    assert list(memory) == [*(f"after {messages:,} messages" for messages in (early, late, later)), "ratio"]
    assert memory["ratio"].keys() >= {*ground.services, "broker", "postgres"}
    for process, ratio in memory["ratio"].items():
        mib = memory[f"after {late:,} messages"][process] / memory[f"after {early:,} messages"][process]
        assert ratio == pytest.approx(mib)


def test_a_year_of_several_houses_in_one_installation_is_compared_with_short_runs() -> None:
    rates = year.measure(houses=2, runs=1, referrals=20, of_each_house=10)
    assert rates["national year"] > 0
    assert rates["ratio"] == pytest.approx(rates["national year"] / rates["short runs"])


def test_reports_are_timed_on_stored_cases() -> None:
    results = reporting.measure(Size(houses=2, years=2, referrals=50, events=50, rounds=1))
    for answers in (results.report, results.factsheet):
        assert 0 < answers.median <= answers.p95
    assert results.times_as_fast == pytest.approx(results.rebuild_per_second / results.first_fill_per_second)
