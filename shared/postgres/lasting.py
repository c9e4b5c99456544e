"""Connections for many transactions."""

from typing import Any

from psycopg import Connection, Cursor


class LastingConnection(Connection[Any]):
    """Keeps its cursors, one per use and statement.

    A cursor that runs the same statement again knows already how to adapt its parameters, which is a third of the cost
    of a short statement.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cursors: dict[str, dict[str, Cursor[Any]]] = {}
