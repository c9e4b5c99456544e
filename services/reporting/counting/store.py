"""How facts are read from the projections to be counted."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from services.reporting.counting.rules import Period
from shared.postgres import Store, load_queries

Fact = TypeVar("Fact")


class MomentStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def read_one_moment(self) -> None:
        """Let the whole transaction see the projections as they are now. Nothing may have been read before."""
        self.execute("read_one_moment")


class FactStore(Store):
    """Base of the stores of facts: each query tells what happened in one house in one period."""

    def facts(self, query: str, house: str, period: Period, made_by: Callable[..., Fact]) -> list[Fact]:
        """All rows of the query. made_by: called with a row's columns as keywords."""
        return self.fetch_all(query, {"house": house, **period._asdict()}, made_by)
