"""Just enough Markdown to check what a document says: its tables and its links."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[[^\]]+\]\((?P<target>[^)\s]+)\)")
CELL = re.compile(r"(?<!\\)\|")

Row = dict[str, str]


def tables(document: Path) -> Iterator[list[Row]]:
    """The tables of a document, each as its rows: cell by header, without backticks."""
    lines = document.read_text(encoding="utf-8").splitlines()
    for is_table, block in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            header, _, *rows = [_cells(line) for line in block]
            yield [dict(zip(header, row, strict=True)) for row in rows]


def rows_about(subject: str, document: Path) -> list[Row]:
    """The rows of all tables in a document whose first column is headed by `subject`."""
    return [row for table in tables(document) for row in table if next(iter(row)) == subject]


def links(document: Path) -> list[str]:
    """Where the links of a document go."""
    return [found["target"] for found in LINK.finditer(document.read_text(encoding="utf-8"))]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("`", "") for cell in CELL.split(line)[1:-1]]
