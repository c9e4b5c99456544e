"""The promise's list of faults is the list of faults that are tried."""

import re
from pathlib import Path

from tests.fault.faults import FAULTS

PROMISE = Path(__file__).parents[2] / "docs" / "promise.md"


def test_the_promise_names_each_fault_that_strikes() -> None:
    _, proof = PROMISE.read_text().split("## How it is proved")
    rows = re.findall(r"^\| .* \| (`.*`) \|$", proof, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(FAULTS)
