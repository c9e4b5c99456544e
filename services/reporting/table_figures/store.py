"""Table cases and the work at the tables, as the projections hold them."""

from pathlib import Path

from services.reporting.counting.rules import Period
from services.reporting.counting.store import FactStore
from services.reporting.table_figures.rules import MonitoringAnswers, TableCase, TableWork
from shared.postgres import load_queries


class TableStore(FactStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def table_cases(self, house: str, period: Period) -> list[TableCase]:
        """Those open at any moment of the period."""
        return self.facts("table_cases", house, period, TableCase)

    def table_work(self, house: str, period: Period) -> list[TableWork]:
        return self.facts("table_work", house, period, TableWork)

    def monitoring_answers(self, house: str, period: Period) -> list[MonitoringAnswers]:
        return self.facts("monitoring_answers", house, period, MonitoringAnswers)
