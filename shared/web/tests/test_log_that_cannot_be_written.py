"""A service goes on when its log can't be written: the disk is full, or the process that reads it stands still."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from shared.web.tests.conftest import start_example

MORE_THAN_A_PIPE_HOLDS = 150
"""Requests that end with a bug, which takes two lines of some five hundred characters."""


@contextmanager
def full_disk(log: Path) -> Iterator[None]:
    log.symlink_to("/dev/full")
    yield


@contextmanager
def nobody_reads(log: Path) -> Iterator[None]:
    os.mkfifo(log)
    reader = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
    yield
    os.close(reader)


@pytest.mark.parametrize("log_at", [full_disk, nobody_reads])
def test_a_service_answers_while_its_log_cannot_be_written(
    log_at: Callable[[Path], AbstractContextManager[None]], tmp_path: Path
) -> None:
    with log_at(tmp_path / "log"):
        running = start_example(tmp_path)
        for _ in range(MORE_THAN_A_PIPE_HOLDS):
            assert running.ask("POST", "/v1/outcomes/bug", token="reader").status == 500
        assert running.ask("GET", "/health/live").status == 200
        running.process.terminate()
        assert running.process.wait(timeout=10) == 0
