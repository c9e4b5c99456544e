"""The bench itself, small: that it runs, and that its figures hang together."""

from typing import Any

import pytest

from bench.__main__ import TARGETS, measure, where
from bench.contender import Contender
from bench.contenders.faststream.contender import FastStreamContender
from bench.contenders.floor.contender import Floor
from bench.contenders.platform import Platform
from bench.contenders.stock_nameko.contender import StockNameko
from bench.ground import Ground
from bench.table import table


def test_all_are_measured_side_by_side(ground: Ground) -> None:
    contenders: list[Contender] = [Platform(ground), StockNameko(ground), FastStreamContender(ground), Floor(ground)]
    results = measure(ground, contenders, pairs=1, referrals=40, seconds=1.0)
    maxima: dict[str, Any] = results["throughput"]
    assert list(maxima) == [each.name for each in contenders]
    assert results["ratios"].keys() == TARGETS.keys()
    for name, ratio in results["ratios"].items():
        assert ratio == pytest.approx(maxima["platform"]["referrals_per_second"] / maxima[name]["referrals_per_second"])
    for each in maxima.values():
        assert all(seconds >= 0 for seconds in each["cpu_seconds"].values())
        assert all(mib > 0 for mib in each["memory_mib"].values())
    for waits in results["latencies"].values():
        assert all(0 < each["p50"] <= each["p95"] <= each["p99"] for each in waits.values())


def test_what_was_measured_where_is_told() -> None:
    assert where()["packages"]["nameko"] == "2.14.1"
    assert where()["cores"] > 0


def test_a_table_has_a_line_for_each_row_and_leaves_out_what_is_not_there() -> None:
    assert table({"one": {"a": 1.0, "b": 1234.5}, "other": {"b": 0.12345}}).splitlines() == [
        "             a        b",
        "one          1    1,234",
        "other             0.123",
    ]
