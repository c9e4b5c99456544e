"""What processes cost: CPU seconds and memory, each with all processes below it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

import psutil


def cpu_seconds(pids: Mapping[str, int]) -> dict[str, float]:
    """Used so far, by name; also what children used that are gone."""
    return {name: sum(_cpu(process) for process in _tree(pid)) for name, pid in pids.items()}


def memory_mib(pids: Mapping[str, int]) -> dict[str, float]:
    """In use now, by name: shared pages are divided among those that share them."""
    return {name: sum(_pss(process) for process in _tree(pid)) / 2**20 for name, pid in pids.items()}


def _tree(pid: int) -> Iterator[psutil.Process]:
    process = psutil.Process(pid)
    yield process
    yield from process.children(recursive=True)


def _cpu(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _pss(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        return float(process.memory_full_info().pss)
    return 0.0
