"""The advices on table cases; their texts are sealed."""

from datetime import date
from pathlib import Path
from uuid import UUID

from services.meetings.table_cases.rules import TableCase
from services.meetings.zsm_advices.messages import WriteAdvice, ZsmAdvice
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts


class ZsmAdviceStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("sketch", "measures")

    def add_advice(self, table_case: TableCase, advice_id: UUID, advice: WriteAdvice, on: date, by: str) -> None:
        row = {"advice_id": advice_id, "house": table_case.house, "table_case_id": table_case.table_case_id}
        row |= {"written_on": on, "written_by": by} | as_row(advice)
        self.execute("add_advice", self._sealed(table_case, row))

    def newest(self, table_case_id: UUID) -> ZsmAdvice | None:
        return self.fetch_one("newest", {"table_case_id": table_case_id}, ZsmAdvice)

    def advice(self, house: str, advice_id: UUID) -> ZsmAdvice | None:
        return self.fetch_one("advice", {"house": house, "advice_id": advice_id}, ZsmAdvice)
