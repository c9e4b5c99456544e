"""The aftercare tables' cases."""

from datetime import date
from pathlib import Path
from uuid import UUID

from shared.postgres import Store, load_queries


class TableCaseStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("open_table_case", "close_table_case")

    def open_table_case(self, house: str, case_id: UUID, table_case_id: UUID, opened_on: date) -> None:
        parameters = {"house": house, "case_id": case_id, "table_case_id": table_case_id, "opened_on": opened_on}
        self.later("open_table_case", parameters)

    def close_table_case(self, house: str, case_id: UUID, table_case_id: UUID, closed_on: date) -> None:
        parameters = {"house": house, "case_id": case_id, "table_case_id": table_case_id, "closed_on": closed_on}
        self.later("close_table_case", parameters)

    def reopen_table_case(self, table_case_id: UUID) -> None:
        self.execute("reopen_table_case", {"table_case_id": table_case_id})

    def withdraw_table_case(self, table_case_id: UUID) -> None:
        self.execute("withdraw_table_case", {"table_case_id": table_case_id})
