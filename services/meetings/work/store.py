"""Running table cases that wait for a process director."""

from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from shared.postgres import Store, load_queries
from shared.web.work import MOST_OF_A_KIND


class DueMoment(NamedTuple):
    """A monitoring moment that waits for its answer."""

    moment_id: UUID
    case_id: UUID
    due_on: date


class WithoutSession(NamedTuple):
    """A table case of which no session is planned or held."""

    table_case_id: UUID
    case_id: UUID
    opened_on: date


class WorkStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def moments_due(self, house: str, today: date) -> list[DueMoment]:
        return self.fetch_all("moments_due", {"house": house, "today": today, "limit": MOST_OF_A_KIND}, DueMoment)

    def without_session(self, house: str) -> list[WithoutSession]:
        return self.fetch_all("without_session", {"house": house, "limit": MOST_OF_A_KIND}, WithoutSession)
