"""Named queries: each stands in a .sql file with its name and what it is for."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)


def load_queries(*paths: Path) -> dict[str, str]:
    """The queries of the files by name. Each begins with `-- name --` and a comment line that tells what it does."""
    queries: dict[str, str] = {}
    for path in paths:
        _, *parts = NAME.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            if name in queries:
                raise ValueError(f"{path.name}: there is another query by the name of {name}")
            if not text.lstrip().startswith("-- "):
                raise ValueError(f"{path.name}: query {name} has no line that tells what it is for")
            queries[name] = text.strip()
    return queries


def as_row(each: Any) -> dict[str, Any]:
    """A dataclass as the row that it is: unlike `asdict` it copies nothing."""
    return {field.name: getattr(each, field.name) for field in fields(each)}
