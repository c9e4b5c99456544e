"""Clones of a small project whose demo tells when it runs."""

import subprocess
from pathlib import Path

from bench.demos import TARGET_SECONDS, Clone, measure, told

MAKEFILE = """\
install:
\t@touch installed
demo:
\t@test -f installed && echo '{word} '$(DEMO_EXIT)' '$(NAME)' '$(YEAR) >>../../demos
down:
\t@echo 'down {word}' >>../../demos
"""


def commit(project: Path, word: str) -> None:
    (project / "Makefile").write_text(MAKEFILE.format(word=word))
    git = ["git", "-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", word]):
        subprocess.run([*git, *arguments], cwd=project, check=True)


def test_the_demos_of_two_clones_take_turns_and_leave_nothing_running(tmp_path: Path) -> None:
    project, directory = tmp_path / "project", tmp_path / "clones"
    project.mkdir()
    directory.mkdir()
    commit(project, "one")
    commit(project, "two")
    clones = measure(directory, "HEAD~1", 2, "YEAR=2015", source=project)
    ran = ["one 1 bench 2015", "down one", "two 1 bench 2015", "down two"]
    assert (tmp_path / "demos").read_text().splitlines() == [*ran, *ran[2:], *ran[:2]]
    assert all(len(clone.demos) == 2 and 0 < clone.install < clone.seconds for clone in clones.values())


def test_it_tells_how_much_longer_the_demo_of_this_version_takes() -> None:
    clones = {"earlier": Clone(Path(), 60.0, [100.0, 90.0, 95.0]), "this": Clone(Path(), 75.0, [110.0, 100.0, 120.0])}
    assert told(clones).splitlines()[-2:] == [
        "demo longer, in each pair: +10 s, +10 s, +25 s",
        f"together +30 s (target: at most +{TARGET_SECONDS:.0f} s)",
    ]
