"""The releases that were seen, each with what somebody left."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.detentions.store import DetentionStore
from services.aftercare.releases.messages import Breach, BreachesQuery
from services.aftercare.releases.rules import BreachState, Release, UnknownBreach
from shared.postgres import Row, load_queries
from shared.sealed_texts import About, StoreWithTexts

EVERY_BREACH: Row = dict.fromkeys(("release_ids", "states", "municipality", "after", "limit"))
STANDING = [BreachState.OPEN, BreachState.DISPUTED]


class ReleaseStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because",)
    written_later = ("see_release",)
    written_after = (DetentionStore,)

    def releases_to_see(self, house: str, on: date) -> list[Release]:
        """The releases before a day that were not seen before."""
        return self.fetch_all("releases_to_see", {"house": house, "on": on}, Release)

    def see_release(self, house: str, release: Release) -> None:
        about = {"detention_id": release.detention_id, "released_on": release.released_on}
        self.later("see_release", about | {"house": house, "prepared": release.prepared})

    def breaches(self, house: str, query: BreachesQuery) -> list[Breach]:
        """One more than the page holds, if there is a next page."""
        wanted = {
            "house": house,
            "states": [query.state] if query.state else None,
            "municipality": query.municipality,
            "after": query.cursor,
            "limit": query.limit + 1,
        }
        return self.fetch_all("breaches", EVERY_BREACH | wanted, _breach)

    def standing_breaches(self, house: str, release_ids: Collection[UUID] | None = None) -> list[Breach]:
        """The breaches that are open or disputed: all, or those among some releases."""
        ids = None if release_ids is None else list(release_ids)
        wanted = {"house": house, "states": STANDING, "release_ids": ids}
        return self.fetch_all("breaches", EVERY_BREACH | wanted, _breach, prepare=False)

    def breach_to_confirm(self, house: str, release_id: UUID) -> Breach:
        """Locked, so that of two confirmations the second sees the first. Raises UnknownBreach."""
        self.ask("lock_release", {"house": house, "release_id": release_id})
        breach = self.breach(house, release_id)
        if not breach:
            raise UnknownBreach
        return breach

    def confirm_breach(self, house: str, breach: Breach, because: str, by: str) -> None:
        parameters = {"house": house, "release_id": breach.release_id, "because": because, "by": by}
        self.execute("confirm_breach", self._sealed(About(house, breach.case_id), parameters))

    def breach(self, house: str, release_id: UUID) -> Breach | None:
        return self.fetch_one("breaches", EVERY_BREACH | {"house": house, "release_ids": [release_id]}, _breach)


def _breach(*, state: str, recorders: list[str], **columns: Any) -> Breach:
    return Breach(state=BreachState(state), recorders=tuple(recorders), **columns)
