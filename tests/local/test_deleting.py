"""`make down` and `make demo` delete data only where a replay made them, or where somebody said so."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import ports
from deploy.local.installation import ROOT, Installation
from deploy.local.stack import HOUSES


@pytest.fixture
def prepared(tmp_path: Path) -> Iterator[Installation]:
    """Of a house that no replay made, with its keys."""
    installation = Installation(tmp_path / "stack", ports.free(), HOUSES)
    installation.prepare()
    yield installation
    installation.remove()


Command = Callable[..., tuple[int, str]]


@pytest.fixture
def command(prepared: Installation) -> Command:
    """`command("down", said="yes")`: status and output. said: at a terminal, None where there is none."""

    def command(*arguments: str, said: str | None = None) -> tuple[int, str]:
        run = [sys.executable, "-m", "deploy.local", *arguments, "--directory", str(prepared.directory)]
        terminal, stdin = os.openpty() if said else (None, subprocess.DEVNULL)
        if terminal:
            os.write(terminal, f"{said}\n".encode())
        ran = subprocess.run(run, cwd=ROOT, stdin=stdin, capture_output=True, text=True, timeout=60)
        return ran.returncode, ran.stdout + ran.stderr

    return command


@pytest.mark.parametrize("said", [None, "no", "y"])
@pytest.mark.parametrize("arguments", [("down",), ("up", "--for-replay")])
def test_nothing_deletes_data_that_no_replay_made_without_being_told(
    prepared: Installation, command: Command, arguments: tuple[str, ...], said: str | None
) -> None:
    keys = (prepared.directory / "secrets.json").read_text()
    status, output = command(*arguments, said=said)
    assert status == 1
    assert "DELETE_DATA=yes" in output and "make stop" in output
    assert (prepared.directory / "secrets.json").read_text() == keys
    assert prepared.data.exists()


def test_down_deletes_when_it_was_told_to(prepared: Installation, command: Command) -> None:
    assert command("down", "--delete-data")[0] == 0
    assert not prepared.directory.exists() and not prepared.data.exists()


def test_down_deletes_after_a_yes_at_the_terminal(prepared: Installation, command: Command) -> None:
    assert command("down", said="yes")[0] == 0
    assert not prepared.directory.exists() and not prepared.data.exists()


def test_what_a_replay_made_is_deleted_without_asking(prepared: Installation, command: Command) -> None:
    prepared.for_replay = True
    prepared.prepare()
    assert command("down")[0] == 0
    assert not prepared.directory.exists() and not prepared.data.exists()


def test_down_deletes_no_directory_that_is_no_platform(tmp_path: Path) -> None:
    (tmp_path / "letters").touch()
    run = [sys.executable, "-m", "deploy.local", "down", "--delete-data", "--directory", str(tmp_path)]
    assert subprocess.run(run, cwd=ROOT, capture_output=True, timeout=60).returncode == 0
    assert (tmp_path / "letters").exists()
