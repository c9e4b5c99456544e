"""Runs a part of the tests, so that two processes side by side run them all: `pytest --part=1/2`.

A pytest plugin. The tests of a module stay together, because they share what the module has started, and so do the
modules of a folder whose conftest.py starts something for the session. What other parts run is not even read. A module
whose tests share only what every part starts anyway marks them `pytest.mark.separable`.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

BYTES_A_SECOND = 2000
"""How much of a module runs in a second, unless `heavy_modules` says how many seconds it takes."""
SEPARABLE = "\npytestmark = pytest.mark.separable\n"
SESSION = 'scope="session"'
OF_OTHERS = pytest.StashKey[set[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", default="1/1", metavar="1/2", help="run this part of the tests, of so many parts")
    parser.addini("heavy_modules", "modules that take long, each with its seconds", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "separable: the tests of this module may be run in different parts")
    groups = {each: _group(each, config.rootpath) for each in _modules(config) if SEPARABLE not in each.read_text()}
    mine = groups_of_part(((group, _seconds(each, config)) for each, group in groups.items()), *_part(config))
    config.stash[OF_OTHERS] = {module for module, group in groups.items() if group not in mine}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return collection_path in config.stash[OF_OTHERS] or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    separable = [item for item in items if item.get_closest_marker("separable")]
    mine = groups_of_part([(item.nodeid, 1) for item in separable], *_part(config))
    of_others = [item for item in separable if item.nodeid not in mine]
    config.hook.pytest_deselected(items=of_others)
    items[:] = [item for item in items if item not in of_others]


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


def _part(config: pytest.Config) -> tuple[int, int]:
    part, parts = map(int, config.getoption("part").split("/"))
    return part, parts


def _modules(config: pytest.Config) -> Iterator[Path]:
    """All that pytest would collect."""
    ignored = [Path(each).absolute() for each in config.getoption("ignore") or ()]
    for place in (Path(argument.partition("::")[0]).absolute() for argument in config.args):
        for directory, inside, files in os.walk(place):
            inside[:] = [each for each in inside if not _is_any_of(each, config.getini("norecursedirs"))]
            found = (Path(directory, file) for file in files if _is_any_of(file, config.getini("python_files")))
            yield from (each for each in found if not any(each.is_relative_to(place) for place in ignored))


def _group(module: Path, root: Path) -> str:
    """What stays together with it."""
    folders = [folder for folder in module.parents if folder.is_relative_to(root) and folder != root]
    return str(next(filter(_starts_something, folders), module))


def _starts_something(folder: Path) -> bool:
    conftest = folder / "conftest.py"
    return conftest.is_file() and SESSION in conftest.read_text()


def _is_any_of(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _seconds(module: Path, config: pytest.Config) -> int:
    heavy = dict(line.split() for line in config.getini("heavy_modules"))
    return int(heavy.get(os.path.relpath(module, config.rootpath), 1 + module.stat().st_size // BYTES_A_SECOND))
