"""Runs every service's migrations, side by side."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.settings import Settings
from shared.testing.program import inherited


class MigrationFailed(Exception):
    """A service's migrations did not apply; the message names it and holds what was printed."""


def migrate(services: Sequence[str], settings: Settings, root: Path) -> None:
    """Runs them from the directory `root`; raises MigrationFailed."""
    runs = {service: _start(service, settings, root) for service in services}
    outputs = {service: run.communicate()[0] for service, run in runs.items()}
    for service, run in runs.items():
        if run.returncode != 0:
            raise MigrationFailed(f"The migrations of {service} failed:\n{outputs[service]}")


def _start(service: str, settings: Settings, root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "shared.postgres.migrate", service],
        cwd=root,
        env=inherited() | settings.of_migration(service),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
