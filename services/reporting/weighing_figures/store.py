"""Weighed referrals and their tablings, as the projections hold them."""

from pathlib import Path

from services.reporting.counting.rules import Period
from services.reporting.counting.store import FactStore
from services.reporting.weighing_figures.rules import TablingCount, WeighedReferral
from shared.postgres import load_queries


class WeighingStore(FactStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def weighed_referrals(self, house: str, period: Period) -> list[WeighedReferral]:
        return self.facts("weighed_referrals", house, period, WeighedReferral)

    def tablings(self, house: str, period: Period) -> list[TablingCount]:
        return self.facts("tablings", house, period, TablingCount)
