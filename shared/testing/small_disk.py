"""A disk of a few megabytes that a test can fill, with a tablespace of PostgreSQL on it. Only root may make one."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from shared.testing.cluster import SUPERUSER, Cluster
from shared.testing.guard import guarded

TABLESPACE = "small_disk"


class NotPermitted(Exception):
    """This machine lets nobody mount a disk; the message is what `mount` said."""


@dataclass(frozen=True)
class SmallDisk:
    """A disk, full between `fill` and `empty`."""

    directory: Path

    def fill(self) -> None:
        """Take all the room that is left."""
        with suppress(OSError), self._balloon.open("ab", buffering=0) as balloon:
            while True:
                balloon.write(bytes(4096))

    def empty(self) -> None:
        self._balloon.unlink()

    @property
    def _balloon(self) -> Path:
        return self.directory / "balloon"


@contextmanager
def small_disk(mebibytes: int) -> Iterator[SmallDisk]:
    """Gone at the end of the block, also when this process is killed. Raises NotPermitted."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        place = Path(name) / "disk"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(place)]
        mounted = subprocess.run(mount, capture_output=True, text=True)  # noqa: S603
        if mounted.returncode:
            raise NotPermitted(mounted.stderr.strip())
        try:
            with guarded(["umount", "--lazy", place], Path("/")):
                yield SmallDisk(place)
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607


@contextmanager
def tablespace_on(disk: SmallDisk, cluster: Cluster) -> Iterator[str]:
    """The name of a tablespace for databases; they must have left it at the end of the block."""
    place = disk.directory / "tablespace"
    place.mkdir(mode=0o700)
    shutil.chown(place, SUPERUSER, SUPERUSER)
    name = sql.Identifier(TABLESPACE)
    with psycopg.connect(cluster.url(), autocommit=True) as administrator:
        administrator.execute(sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(name, sql.Literal(str(place))))
        try:
            yield TABLESPACE
        finally:
            administrator.execute(sql.SQL("DROP TABLESPACE {}").format(name))
