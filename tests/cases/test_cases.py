"""Every case of this folder ends as it says, on one platform."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.local.stack import LocalStack
from tests.cases.case import Case, read_case
from tests.cases.runner import running

CASES = [read_case(file) for file in sorted(Path(__file__).parent.glob("*.json"))]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with LocalStack(tmp_path_factory.mktemp("cases") / "stack", ports.free()) as stack:
        yield stack


def _marked(case: Case) -> object:
    waits = pytest.mark.xfail(strict=True, raises=AssertionError, reason=f"waits for {case.waits_for}")
    return pytest.param(case, id=case.name, marks=[waits] if case.waits_for else [])


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_case_ends_as_it_says(case: Case, stack: LocalStack) -> None:
    with running(stack, case) as runner:
        wrong = [f"{taken.put}: {sentence}" for taken in runner.steps() for sentence in taken.wrong]
    assert wrong == []
