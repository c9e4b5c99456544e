"""How facts are read from the projections to be counted."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from services.reporting.counting.rules import Period
from shared.aliases.rules import one_id_each
from shared.postgres import Store, load_queries

Fact = TypeVar("Fact")


class MomentStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def read_one_moment(self) -> None:
        """Let the whole transaction see the projections as they are now. Nothing may have been read before."""
        self.execute("read_one_moment")


class PeopleStore(Store):
    queries = MomentStore.queries

    def people(self, house: str, period: Period) -> Mapping[UUID, UUID]:
        """For each subject that was merged with another by the end of a period, the id that counts for the person."""
        wanted = {"house": house, "last_day": period.last_day}
        return one_id_each((row["id"], row["alias"]) for row in self.fetch_all("links", wanted))


class FactStore(Store):
    """Base of the stores of facts: each query tells what happened in one house in one period."""

    def facts(self, query: str, house: str, period: Period, made_by: Callable[..., Fact]) -> list[Fact]:
        """All rows of the query. made_by: called with a row's columns as keywords."""
        return self.fetch_all(query, {"house": house, **period._asdict()}, made_by)
