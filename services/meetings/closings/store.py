"""The closing of a table case."""

from pathlib import Path
from uuid import UUID

from psycopg.types.json import Jsonb

from services.meetings.table_cases.rules import Closing
from shared.postgres import Store, as_row, load_queries


class ClosingStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def close_table_case(self, table_case_id: UUID, closing: Closing) -> None:
        outcome = Jsonb(dict(closing.outcome)) if closing.outcome else None
        self.execute("close_table_case", as_row(closing) | {"table_case_id": table_case_id, "outcome": outcome})
