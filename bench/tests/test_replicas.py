"""The bench of replicas, small: that it runs, and that what it tells hangs together."""

from pathlib import Path

import pytest

from bench import replicas
from bench.ground import Ground


def test_more_of_each_carry_the_work_and_those_that_die_are_taken_over(tmp_path: Path) -> None:
    with Ground(tmp_path, shards=2, replicas=2) as ground:
        by_number = replicas.throughput(ground, (1, 2), rounds=1, referrals=40)
        taken_over = replicas.takeover(ground, rate=20.0, seconds=4.0, after=1.0)
    assert by_number[1].ratio == 1.0
    speeds = [by_number[number].referrals_per_second for number in (1, 2)]
    assert by_number[2].ratio == pytest.approx(speeds[1] / speeds[0])
    assert taken_over.referrals == 80
    assert 0 < taken_over.median <= taken_over.longest
    assert "two of each" in replicas.told(by_number, taken_over)
