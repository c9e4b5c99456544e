"""What is watched: who is to be released, what was raised about it, and with what they left."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.aftercare.domain.plans import Bottleneck, DomainPlan
from services.aftercare.domain.preparations import Level, Missing, Situation
from services.aftercare.domain.releases import BreachState, Release
from shared.postgres import Store

ANY_BREACH: Mapping[str, Any] = {
    "release_id": None,
    "state": None,
    "municipality": None,
    "after": None,
    "limit": None,
}

Raised = tuple[UUID, str, Level]
"""A detention, a preparation and the level that it has reached."""


class WatchStore(Store):
    """The queries of watch.sql."""

    def lock_watch(self, house: str) -> None:
        self.execute("lock_watch", {"house": house})

    def situations(self, house: str, on: date, days: int, municipality: str | None = None) -> list[Situation]:
        """Of those who are to be released within so many days."""
        wanted = {"house": house, "on": on, "days": days, "municipality": municipality}
        return [_situation(**row) for row in self.fetch_all("situations", wanted)]

    def raised_preparations(self, house: str, detention_ids: Collection[UUID]) -> set[Raised]:
        rows = self.fetch_all("raised_preparations", {"house": house, "detention_ids": list(detention_ids)})
        return {(row["detention_id"], row["preparation"], Level(row["level"])) for row in rows}

    def raise_preparation(self, house: str, detention_id: UUID, missing: Missing, level: Level) -> None:
        which = {"house": house, "detention_id": detention_id, "level": level}
        self.later("raise_preparation", which | {"preparation": missing.preparation, "due_on": missing.due_on})

    def releases_to_see(self, house: str, on: date) -> list[Release]:
        return [Release(**row) for row in self.fetch_all("releases_to_see", {"house": house, "on": on})]

    def see_release(self, house: str, release: Release) -> None:
        which = {"detention_id": release.detention_id, "released_on": release.released_on}
        self.later("see_release", which | {"house": house, "prepared": release.prepared})

    def breaches(self, house: str, **wanted: Any) -> list[dict[str, Any]]:
        """wanted: state, municipality, limit, after (the release of the last breach of the page before)."""
        rows = self.fetch_all("breaches", {**ANY_BREACH, "house": house, **wanted})
        return [row | {"state": BreachState(row["state"])} for row in rows]

    def breach(self, house: str, release_id: UUID) -> dict[str, Any] | None:
        found = self.breaches(house, release_id=release_id)
        return found[0] if found else None


def _situation(plan: list[dict[str, Any]] | None, **row: Any) -> Situation:
    return Situation(**row, plan=None if plan is None else tuple(map(_domain_plan, plan)))


def _domain_plan(row: dict[str, Any]) -> DomainPlan:
    return DomainPlan(**row | {"bottleneck": Bottleneck(row["bottleneck"])})
