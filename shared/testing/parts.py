"""Runs a part of the tests, so that two processes side by side run them all: `pytest --part=1/2`.

A pytest plugin. The tests of a module stay together, because they share what the module has started. A module whose
tests share only what every part starts anyway marks them `pytest.mark.separable`.
"""

from collections import Counter
from collections.abc import Iterable

import pytest

WEIGHTS = {"postgres": 10, "broker": 10, "arena": 500}
"""How much longer a test takes that uses this fixture: a database, the broker, a whole platform."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", default="1/1", metavar="1/2", help="run this part of the tests, of so many parts")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "separable: the tests of this module may be run in different parts")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    part, parts = map(int, config.getoption("part").split("/"))
    chosen = groups_of_part(((_group(item), _weight(item)) for item in items), part, parts)
    config.hook.pytest_deselected(items=[item for item in items if _group(item) not in chosen])
    items[:] = [item for item in items if _group(item) in chosen]


def groups_of_part(tests: Iterable[tuple[str, int]], part: int, parts: int) -> set[str]:
    """The groups of a part. The next heaviest one goes to the part that has least so far.

    tests: the group of each, which stays together, and how long the test takes beside the others.
    """
    weights: Counter[str] = Counter()
    for group, weight in tests:
        weights[group] += weight
    groups: list[set[str]] = [set() for _ in range(parts)]
    so_far = [0] * parts
    for group, weight in sorted(weights.items(), key=lambda each: (-each[1], each[0])):
        least = so_far.index(min(so_far))
        groups[least].add(group)
        so_far[least] += weight
    return groups[part - 1]


def _group(item: pytest.Item) -> str:
    return item.nodeid if item.get_closest_marker("separable") else str(item.path)


def _weight(item: pytest.Item) -> int:
    return max((WEIGHTS.get(fixture, 1) for fixture in getattr(item, "fixturenames", ())), default=1)
