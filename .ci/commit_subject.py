#!/usr/bin/env python3
"""Whether a commit message has the form that CONTRIBUTING.md asks for: `commit_subject.py <file with the message>`."""

import sys
from pathlib import Path

MOST_CHARACTERS = 72
MADE_BY_GIT = ("Merge ", "Revert ", "fixup! ", "squash! ", "amend! ")


def problems(message: str) -> list[str]:
    """What is wrong with the message; empty when nothing is."""
    subject, *body = [line for line in message.splitlines() if not line.startswith("#")] or [""]
    if subject.startswith(MADE_BY_GIT):
        return []
    wrong = {
        "the subject is empty": not subject.strip(),
        f"the subject has {len(subject)} characters, and {MOST_CHARACTERS} is the most": len(subject) > MOST_CHARACTERS,
        "the subject does not begin with a capital letter": subject[:1].islower(),
        "the subject ends with a full stop": subject.endswith("."),
        "the second line is not empty": bool(body and body[0].strip()),
    }
    return [problem for problem, holds in wrong.items() if holds]


def main() -> int:
    found = problems(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stderr.write("".join(f"Commit message: {problem}.\n" for problem in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
