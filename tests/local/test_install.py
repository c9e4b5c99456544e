"""`make install`: an environment of packages for each lock. A stand-in for Python notes what would be installed."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.installation import ROOT

STAND_IN = """\
#!/bin/sh
case "$*" in
"-m venv --clear "*) rm -rf "$4" && mkdir -p "$4/bin" && ln -s {stand_in} "$4/bin/python" ;;
"-m pip install "*) echo "$0" >>{notes} && test ! -e {broken} ;;
"-c "*"npm()"*) test ! -e {without_npm} && mkdir "$5/node_modules" ;;
*) exec {python} "$@" ;;
esac
"""


@dataclass(frozen=True)
class Checkout:
    """A checkout with nothing but the script and a lock."""

    directory: Path

    def install(self, lock: str, *programs: str, **variables: str) -> subprocess.CompletedProcess[str]:
        (self.directory / "requirements-dev.lock").write_text(lock)
        script = self.directory / "deploy/local/install.sh"
        environment = {**os.environ, "PYTHON": str(self.directory / "stand-in"), **variables}
        return subprocess.run(["/bin/sh", script, *programs], env=environment, capture_output=True, text=True)

    @property
    def environment(self) -> Path:
        """The one that `make` uses."""
        return (self.directory / ".venv").resolve()

    def start_platform(self) -> None:
        """Write down what a running platform's processes are started with."""
        configuration = self.directory / "build/second/supervisord.conf"
        configuration.parent.mkdir(parents=True, exist_ok=True)
        configuration.write_text(f'command = "{self.environment}/bin/python" "-m" "services.intake"\n')

    def installed(self) -> int:
        """How many times packages were installed."""
        return len((self.directory / "notes").read_text().splitlines())


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    (tmp_path / "deploy/local").mkdir(parents=True)
    shutil.copy(ROOT / "deploy/local/install.sh", tmp_path / "deploy/local")
    (tmp_path / "deploy/identity").mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "deploy/identity" / name, tmp_path / "deploy/identity")
    names = {name.replace("-", "_"): tmp_path / name for name in ("stand-in", "notes", "broken", "without-npm")}
    (tmp_path / "stand-in").write_text(STAND_IN.format(python=sys.executable, **names))
    (tmp_path / "stand-in").chmod(0o755)
    return Checkout(tmp_path)


def test_processes_keep_their_packages_until_none_is_started_with_them(checkout: Checkout) -> None:
    assert checkout.install("one").returncode == 0
    first = checkout.environment
    checkout.start_platform()
    assert checkout.install("two").returncode == 0
    second = checkout.environment
    assert first.exists() and second != first
    checkout.start_platform()
    assert checkout.install("three").returncode == 0
    assert second.exists() and not first.exists()


def test_nothing_is_installed_twice(checkout: Checkout) -> None:
    checkout.install("one")
    checkout.start_platform()
    for lock in ("one", "two", "one"):
        assert checkout.install(lock).returncode == 0
    assert checkout.installed() == 2


def test_a_program_that_tests_need_is_asked_for_if_it_is_missing(checkout: Checkout) -> None:
    assert checkout.install("one", "sh").returncode == 0
    (checkout.directory / "bin").mkdir()
    for tool in ("dirname", "fold", "ls", "mkdir"):
        (checkout.directory / "bin" / tool).symlink_to(f"/bin/{tool}")
    without_apt = checkout.install("one", "chromium", PATH=str(checkout.directory / "bin"))
    assert without_apt.returncode == 1
    assert "Ketenhuis needs chromium" in without_apt.stderr


def test_an_installation_that_fails_leaves_the_environment_before_in_use(checkout: Checkout) -> None:
    checkout.install("one")
    first = checkout.environment
    (checkout.directory / "broken").touch()
    failed = checkout.install("two")
    assert failed.returncode == 1
    assert "pip could not install the Python packages" in failed.stderr
    assert checkout.environment == first
    (checkout.directory / "broken").unlink()
    assert checkout.install("two").returncode == 0
    assert checkout.environment != first


def test_the_identity_providers_packages_are_part_of_the_environment(checkout: Checkout) -> None:
    assert checkout.install("one").returncode == 0
    first = checkout.environment
    assert (first / "node_modules").is_dir()
    with (checkout.directory / "deploy/identity/package-lock.json").open("a") as lock:
        lock.write("\n")
    (checkout.directory / "without-npm").touch()
    failed = checkout.install("one")
    assert failed.returncode == 1
    assert "npm could not install" in failed.stderr
    assert checkout.environment == first


def test_an_environment_of_the_time_when_there_was_one_stays_until_the_lock_is_another(checkout: Checkout) -> None:
    checkout.install("one")
    shutil.move(checkout.environment, checkout.directory / "before")
    (checkout.directory / ".venv").unlink()
    shutil.move(checkout.directory / "before", checkout.directory / ".venv")
    assert checkout.install("one").returncode == 0
    assert not (checkout.directory / ".venv").is_symlink()
    assert checkout.install("two").returncode == 0
    assert (checkout.directory / ".venv").is_symlink()
    assert checkout.installed() == 2


def test_a_process_is_started_with_an_environment_and_not_with_the_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "environment").mkdir()
    (tmp_path / "link").symlink_to("environment")
    asked = "import sys; sys.prefix = sys.argv[1]; from deploy.local.version import PYTHON; print(PYTHON)"
    command = [sys.executable, "-c", asked, str(tmp_path / "link")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert Path(told).parent == tmp_path / "environment/bin"
