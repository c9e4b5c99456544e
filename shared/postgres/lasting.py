"""Connections for many transactions."""

from typing import Any

from psycopg import Connection, Cursor


class LastingConnection(Connection[Any]):
    """Keeps its cursors by statement, those that read apart from those that write.

    A cursor that runs the same statement again knows already how to adapt its parameters, which is a third of the cost
    of a short statement.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.readers: dict[str, Cursor[Any]] = {}
        self.writers: dict[str, Cursor[Any]] = {}
