"""Named queries in .sql files, each with a comment about its purpose."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)


def load_queries(*paths: Path) -> dict[str, str]:
    """The queries of the files by name. A query starts with `-- name --` and a comment line.

    Raises ValueError for a repeated name, or a query without a comment.
    """
    queries: dict[str, str] = {}
    for path in paths:
        _, *parts = NAME.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            if name in queries:
                raise ValueError(f"{path.name}: there is another query with the name {name}")
            if not text.lstrip().startswith("-- "):
                raise ValueError(f"{path.name}: query {name} has no comment line")
            queries[name] = text.strip()
    return queries


def as_row(instance: Any) -> dict[str, Any]:
    """The fields of a dataclass instance by name. Unlike `asdict`, copies no values."""
    return {field.name: getattr(instance, field.name) for field in fields(instance)}
