"""Detentions, releases and assignments that wait for somebody."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.aftercare.preparations.rules import Level
from shared.postgres import Store, load_queries
from shared.web.work import MOST_OF_A_KIND

LOOKED_AT = 200
"""So many detentions and releases are looked at: more would take as long as the rest of the page."""


class WaitingAssignment(NamedTuple):
    """A `conversation` or `trajectory` that a provider was asked for on a day, or that began then."""

    kind: str
    assignment_id: UUID
    case_id: UUID
    since: date


class WorkStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def preparations(self, house: str, levels: Collection[Level]) -> list[UUID]:
        """The detentions for which something was missing when the house was watched last, the longest due first."""
        wanted = {"house": house, "levels": list(levels), "limit": LOOKED_AT}
        return [row["detention_id"] for row in self.fetch_all("preparations", wanted)]

    def unprepared(self, house: str) -> list[UUID]:
        """The last releases for which nothing was prepared."""
        return [row["release_id"] for row in self.fetch_all("unprepared", {"house": house, "limit": LOOKED_AT})]

    def assignments(self, house: str, providers: Collection[str], today: date) -> list[WaitingAssignment]:
        """What these providers have not done, the first ones of each kind."""
        wanted = {"house": house, "providers": list(providers), "today": today, "limit": MOST_OF_A_KIND}
        return self.fetch_all("assignments", wanted, WaitingAssignment)
