"""What the processes of a stack run: a copy of the code and of the houses' profiles.

A newer checkout or an edited profile changes nothing under a process that runs or is started again after a crash: it
becomes another version, and `LocalStack.upgrade` brings the processes to it one by one.
"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

PYTHON = str(Path(sys.prefix).resolve() / "bin" / Path(sys.executable).name)
"""Of the environment that runs this, also when `.venv` points to another one later on."""
PARTS = (
    "services",
    "desk",
    "shared",
    "houses/profile.schema.json",
    "deploy/topology.toml",
    "deploy/prometheus/alerts.yml",
    "deploy/identity",
    "requirements.lock",
)
"""Of the checkout; a change of any other file is no other version."""
LEFT_OUT = ("tests", "__pycache__")
PROFILES = "profiles"


@dataclass(frozen=True)
class Version:
    """The version of a checkout with the profiles in `houses`. Its copy stands in `place`, under its digest."""

    checkout: Path
    houses: Path
    place: Path

    @cached_property
    def digest(self) -> str:
        """Of names and contents of all files."""
        digest = sha256()
        for name, file in sorted(self._files()):
            digest.update(f"{name}\0".encode() + sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:12]

    @property
    def directory(self) -> Path:
        """Where processes are started."""
        return self.place / self.digest

    @property
    def profiles(self) -> Path:
        return self.directory / PROFILES

    def provide(self) -> None:
        """Make the copy, unless it is there."""
        if self.directory.exists():
            return
        unfinished = self.place / f"{self.digest}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, file in self._files():
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, unfinished / name)
        unfinished.rename(self.directory)

    def remove_others(self) -> None:
        """Delete the copies of other versions, which nothing runs any more."""
        for other in self.place.iterdir():
            if other != self.directory:
                shutil.rmtree(other)

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Each file and its name in the copy."""
        for part in PARTS:
            top = self.checkout / part
            for file in [top] if top.is_file() else top.rglob("*"):
                name = file.relative_to(self.checkout)
                if file.is_file() and file.suffix != ".md" and not set(LEFT_OUT) & set(name.parts):
                    yield str(name), file
        for profile in self.houses.glob("*.toml"):
            yield f"{PROFILES}/{profile.name}", profile
