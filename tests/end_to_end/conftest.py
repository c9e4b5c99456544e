import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.local.stack import HOUSES, LocalStack
from tests.end_to_end.playing import ANOTHER_HOUSE, ANOTHER_YEAR, SMALL_YEAR, Ending, played


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A platform with the shipped houses and another, on which the years are played one after the other, and people."""
    directory = tmp_path_factory.mktemp("stack")
    houses = Path(shutil.copytree(HOUSES, directory / "houses"))
    shutil.copy(ANOTHER_HOUSE, houses)
    with LocalStack(directory / "stack", ports.free(), houses=houses, for_people=True) as stack:
        yield stack


@pytest.fixture(scope="session")
def small_year(stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Ending:
    """How the small year ends."""
    return played(stack, SMALL_YEAR, tmp_path_factory.mktemp("small-year"))


@pytest.fixture(scope="session")
def another_year(small_year: Ending, stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Ending:
    """How a year of another house ends, after the small one."""
    return played(stack, ANOTHER_YEAR, tmp_path_factory.mktemp("another-year"))
