"""Detentions and releases that wait for somebody."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from services.aftercare.preparations.rules import Level
from shared.postgres import Store, load_queries

LOOKED_AT = 200
"""So many detentions and releases are looked at: more would take as long as the rest of the page."""


class WorkStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def preparations(self, house: str, levels: Collection[Level]) -> list[UUID]:
        """The detentions for which something was missing when the house was watched last, the longest due first."""
        wanted = {"house": house, "levels": list(levels), "limit": LOOKED_AT}
        return [row["detention_id"] for row in self.fetch_all("preparations", wanted)]

    def unprepared(self, house: str) -> list[UUID]:
        """The last releases for which nothing was prepared."""
        return [row["release_id"] for row in self.fetch_all("unprepared", {"house": house, "limit": LOOKED_AT})]
