from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.local.stack import LocalStack
from tests.playing import Ending, replaying


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[LocalStack]:
    """The whole platform in real processes, empty, on free ports."""
    with LocalStack(tmp_path / "stack", ports.free()) as stack:
        yield stack


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Ending:
    """How the small year ends when nothing disturbs it."""
    directory = tmp_path_factory.mktemp("undisturbed")
    with LocalStack(directory / "stack", ports.free()) as stack, replaying(stack, directory) as replay:
        assert replay.finish() == 0
        return Ending.of(stack, replay)
