"""Runs a part of the tests, so that two processes side by side run them all: `pytest --part=1/2`.

A pytest plugin. The tests of a module stay together, because they share what the module has started.
"""

from collections import Counter
from collections.abc import Iterable

import pytest

SERVERS = {"postgres", "broker"}
WITH_SERVERS = 10
"""How much longer a test takes that uses a database or the broker."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", default="1/1", metavar="1/2", help="run this part of the modules, of so many parts")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    part, parts = map(int, config.getoption("part").split("/"))
    chosen = modules_of_part(((str(item.path), _weight(item)) for item in items), part, parts)
    config.hook.pytest_deselected(items=[item for item in items if str(item.path) not in chosen])
    items[:] = [item for item in items if str(item.path) in chosen]


def modules_of_part(tests: Iterable[tuple[str, int]], part: int, parts: int) -> set[str]:
    """The modules of a part. The next heaviest one goes to the part that has least so far.

    tests: the module of each, and how long it takes beside the others.
    """
    weights: Counter[str] = Counter()
    for module, weight in tests:
        weights[module] += weight
    modules: list[set[str]] = [set() for _ in range(parts)]
    so_far = [0] * parts
    for module, weight in sorted(weights.items(), key=lambda each: (-each[1], each[0])):
        least = so_far.index(min(so_far))
        modules[least].add(module)
        so_far[least] += weight
    return modules[part - 1]


def _weight(item: pytest.Item) -> int:
    return WITH_SERVERS if SERVERS.intersection(getattr(item, "fixturenames", ())) else 1
