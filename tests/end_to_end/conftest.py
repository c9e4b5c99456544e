import pytest

from deploy.local import ports
from deploy.local.stack import LocalStack
from tests.end_to_end.playing import Ending, replaying


@pytest.fixture(scope="session")
def small_year(tmp_path_factory: pytest.TempPathFactory) -> Ending:
    """How the small year ends."""
    directory = tmp_path_factory.mktemp("small-year")
    with LocalStack(directory / "stack", ports.free()) as stack, replaying(stack, directory) as replay:
        assert replay.finish() == 0
        return Ending.of(stack, replay)
