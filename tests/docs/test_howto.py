"""The pages of docs/howto are true: each example is applied to a copy of the project, and its Python runs there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, rows_about

HOWTO = ROOT / "docs" / "howto"
PAGES = sorted(page for page in HOWTO.glob("*.md") if page.name != "README.md")
BLOCK = re.compile(r"^```(?P<language>diff|python)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: Path, language: str) -> list[str]:
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [block["text"] for block in found if block["language"] == language]


def copy_of_the_project(directory: Path) -> Path:
    """Its files as they stand, without what git ignores."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listing.stdout.splitlines():
        if (ROOT / name).is_file():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, directory / name)
    return directory


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_worked_example_can_be_applied_and_does_what_its_page_says(page: Path, tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    for diff in blocks(page, "diff"):
        subprocess.run(["git", "apply", "--recount"], cwd=copy, input=diff, check=True, text=True)
    checks = blocks(page, "python")
    assert checks
    for check in checks:
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-"], cwd=copy, input=check, text=True, capture_output=True
        )
        assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_the_files_that_its_example_touches(page: Path) -> None:
    touched = {name for diff in blocks(page, "diff") for name in re.findall(r"^\+\+\+ b/(.+)$", diff, re.MULTILINE)}
    assert {row["file"] for row in rows_about("file", page)} == touched
