"""A process that is killed leaves no program, no broker and no PostgreSQL cluster behind."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shared.testing import leftovers
from shared.testing.guard import guarded
from shared.testing.link import ROOT
from shared.testing.program import Program, running
from shared.testing.waiting import is_free, wait_until

KILLED_WITH_A_PROGRAM = """
import os, signal, sys
from pathlib import Path
from shared.testing.program import Program, running
directory = Path(sys.argv[1])
program = Program(name="sleeps", command=["sh", "-c", sys.argv[2]], directory=directory)
with running(program, directory / "log", throw_away=[directory / "data"]) as pid:
    print(pid, flush=True)
    os.killpg(os.getpgid(0), signal.SIGKILL)
"""
KILLED_AMID_A_TEST = """
import json, os, signal
def test_that_is_killed(broker, postgres):
    ports = [*vars(broker.node.ports).values(), postgres.port]
    print(json.dumps({"ports": ports, "data": str(postgres.data), "node": str(broker.node.directory)}), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(*command: str | Path) -> str:
    """What a command says that kills itself."""
    ran = subprocess.run(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True, timeout=100
    )
    assert ran.returncode == -signal.SIGKILL
    return ran.stdout.splitlines()[-1]


def runs(pid: int) -> bool:
    return leftovers.identity_of(pid) != f"{pid}:"


@pytest.mark.parametrize("command", ["exec sleep 60", "trap '' TERM; while :; do sleep 1; done"])
def test_a_program_ends_with_the_process_that_runs_it_even_a_deaf_one(tmp_path: Path, command: str) -> None:
    (tmp_path / "data").mkdir()
    pid = int(killed("-c", KILLED_WITH_A_PROGRAM, tmp_path, command))
    assert wait_until(lambda: not runs(pid), leftovers.PATIENCE_SECONDS + 5)
    assert wait_until(lambda: not (tmp_path / "data").exists(), 5)


def test_a_killed_test_run_leaves_no_broker_and_no_cluster(tmp_path: Path) -> None:
    test = tmp_path / "test_that_is_killed.py"
    test.write_text(KILLED_AMID_A_TEST)
    options = ["-s", "-q", "-p", "shared.testing.fixtures", "--noconftest", f"--rootdir={tmp_path}"]
    left = json.loads(killed("-m", "pytest", *options, f"--basetemp={tmp_path / 'made'}", test))
    assert len(left["ports"]) == 5
    assert wait_until(lambda: all(map(is_free, left["ports"])), 20)
    assert wait_until(lambda: not Path(left["data"]).exists() and not Path(left["node"]).exists(), 10)
    assert not [pid for pid in processes() if works_in(pid, left["node"], left["data"])]


def processes() -> list[str]:
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def works_in(pid: str, *directories: str) -> bool:
    """Whether a process works in one of the directories or has its home there."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_text(errors="replace").split("\0")
        return str(Path(f"/proc/{pid}/cwd").readlink()).startswith(directories) or any(
            f"HOME={directory}" in environment for directory in directories
        )
    except OSError:
        return False


def test_a_guard_does_nothing_when_the_block_ends_by_itself(tmp_path: Path) -> None:
    with guarded(["touch", tmp_path / "touched"], tmp_path):
        pass
    with pytest.raises(RuntimeError), guarded(["touch", tmp_path / "touched"], tmp_path):
        raise RuntimeError
    assert not (tmp_path / "touched").exists()


def test_a_later_process_with_the_same_id_is_left_alone(tmp_path: Path) -> None:
    with running(Program(name="sleeps", command=["sleep", "60"], directory=tmp_path), tmp_path / "log") as pid:
        leftovers.end([f"{pid}:1"], signal.SIGKILL)
        assert runs(pid)
        leftovers.end([leftovers.identity_of(pid)], signal.SIGKILL)
        assert not runs(pid)
