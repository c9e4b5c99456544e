"""The files that bound the broker's clients, with a change for a test."""

import re
import shutil
from pathlib import Path

from shared.testing.broker import IMAGES


def images_with(directory: Path, file: str, pattern: str, replacement: str) -> Path:
    """The files in a directory that is there, and one of them changed at the only place that the pattern matches."""
    shutil.copytree(IMAGES, directory, dirs_exist_ok=True)
    text, places = re.subn(pattern, replacement, (directory / file).read_text())
    assert places == 1
    (directory / file).write_text(text)
    return directory
