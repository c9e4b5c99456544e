"""The ground that the contenders' tests share, and how they warm up."""

from collections.abc import Iterator

import pytest

from bench import running
from bench.ground import Ground


@pytest.fixture(autouse=True)
def soon_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no figure counts, statements need not be settled."""
    monkeypatch.setattr(running, "WARM_UP", 30)


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with Ground(tmp_path_factory.mktemp("ground")) as ground:
        yield ground
