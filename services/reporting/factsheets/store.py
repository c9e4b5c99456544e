"""Tablings one by one, as the projections hold them."""

from pathlib import Path

from services.reporting.counting.rules import Period
from services.reporting.counting.store import FactStore
from services.reporting.factsheets.rules import Tabled
from shared.postgres import load_queries


class FactsheetStore(FactStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def tabled(self, house: str, period: Period) -> list[Tabled]:
        return self.facts("tabled", house, period, Tabled)
