"""The bench of fairness, small: that it runs, and that others are answered beside a flood."""

from unittest.mock import patch

from bench import fairness
from bench.ground import Ground

FLOOD = "right rows"
BEARABLE_SECONDS = 2.0
"""On a machine that is busy with other tests. Twice as long, if nothing bounds what the lists of a partner announce."""


def test_others_get_their_receipts_beside_a_flood(ground: Ground) -> None:
    with patch.object(fairness, "MOST_FLOODED", 100):
        waits = fairness.measure(ground, seconds=5.0, floods=[FLOOD])
    assert list(waits) == ["alone", f"beside {FLOOD}"]
    assert waits[f"beside {FLOOD}"]["p99"] - waits["alone"]["p50"] < BEARABLE_SECONDS
    assert f"beside {FLOOD}" in fairness.told(waits)
