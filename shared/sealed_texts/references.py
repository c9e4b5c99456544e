"""A column that refers to a sealed text, `sealed:0198…`. It may still hold a text, from before texts were sealed."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.postgres import Row

MARK = "sealed:"
REFERENCE = re.compile(MARK + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def reference(text_id: UUID) -> str:
    """What stands in the column in place of the text."""
    return f"{MARK}{text_id}"


def referred(rows: Sequence[Row], columns: Collection[str]) -> list[UUID]:
    """The ids of the texts that these columns refer to."""
    values = [row[column] for row in rows for column in columns if column in row]
    return [UUID(value.removeprefix(MARK)) for value in values if is_reference(value)]


def opened(rows: Sequence[Row], columns: Collection[str], texts: Mapping[UUID, str]) -> list[Row]:
    """The rows with these texts, by id, in place of references."""
    by_reference = {reference(text_id): text for text_id, text in texts.items()}
    return [row | {name: by_reference.get(row[name], row[name]) for name in columns if name in row} for row in rows]


def is_reference(value: object) -> bool:
    return isinstance(value, str) and REFERENCE.fullmatch(value) is not None


class Rows:
    """Rows that were read already, for whoever would read them from a cursor. make_row: as in `Store.fetch_all`."""

    def __init__(self, rows: list[Row], make_row: Callable[..., Any] | None) -> None:
        self._rows = [make_row(**row) for row in rows] if make_row else rows

    def fetchone(self) -> Any:
        return self._rows[0] if self._rows else None

    def fetchall(self) -> list[Any]:
        return self._rows
