"""The bench of fairness, small: that it runs, and that others are answered beside a flood."""

from pathlib import Path
from unittest.mock import patch

import pytest

from bench import fairness
from bench.ground import Ground


@pytest.mark.timeout(300)
def test_others_get_their_receipts_beside_a_flood(tmp_path: Path) -> None:
    with Ground(tmp_path) as ground, patch.object(fairness, "MOST_FLOODED", 40):
        waits = fairness.measure(ground, seconds=2.0)
    assert list(waits) == ["alone", "beside wrong rows", "beside right rows"]
    assert all(0 < each["p50"] <= each["p99"] < 30 for each in waits.values())
    assert "beside wrong rows" in fairness.told(waits)
