"""Who is to be released, and what was raised about it."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.aftercare.detentions.store import DetentionStore
from services.aftercare.plans.store import domain_plan_of
from services.aftercare.preparations.rules import Level, Missing, Overdue, Situation
from shared.postgres import Row, Store, load_queries

EVERYBODY: Row = dict.fromkeys(("municipality", "detention_ids", "after_on", "after", "limit"))


class Place(NamedTuple):
    """A place in the order of releases, with those whose release date is not known as the last."""

    release_on: date | None
    detention_id: UUID


class Raised(NamedTuple):
    """A preparation of a detention that was raised at a level."""

    detention_id: UUID
    preparation: str
    level: Level


class PreparationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("raise_preparation",)
    written_after = (DetentionStore,)

    def situations(
        self,
        house: str,
        on: date,
        days: int,
        municipality: str | None = None,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Situation]:
        """The situations of those who are to be released within so many days. after: the last one before them."""
        after_on, last = after or (None, None)
        wanted = {"municipality": municipality, "after_on": after_on, "after": last, "limit": limit}
        return self._situations(house, on, days, **wanted)

    def situations_of(self, house: str, on: date, days: int, detention_ids: Collection[UUID]) -> list[Situation]:
        """The same of these detentions alone."""
        return self._situations(house, on, days, detention_ids=list(detention_ids))

    def _situations(self, house: str, on: date, days: int, **wanted: Any) -> list[Situation]:
        parameters = EVERYBODY | wanted | {"house": house, "on": on, "days": days}
        return self.fetch_all("situations", parameters, _situation, prepare=False)

    def mark_standing(self, house: str, overdue: Collection[Overdue]) -> None:
        """Keep which of what was raised is missing still. overdue: everybody for whom something is."""
        still = [(each.situation.detention_id, missing.preparation) for each in overdue for missing in each.missing]
        detention_ids, preparations = ([pair[part] for pair in still] for part in (0, 1))
        parameters = {"house": house, "detention_ids": detention_ids, "preparations": preparations}
        self.execute("settle", parameters)
        self.execute("raise_again", parameters)

    def raised_preparations(self, house: str, detention_ids: Collection[UUID]) -> set[Raised]:
        parameters = {"house": house, "detention_ids": list(detention_ids)}
        return set(self.fetch_all("raised_preparations", parameters, _raised))

    def raise_preparation(self, house: str, detention_id: UUID, missing: Missing, level: Level) -> None:
        about = {"house": house, "detention_id": detention_id, "level": level}
        self.later("raise_preparation", about | {"preparation": missing.preparation, "due_on": missing.due_on})


def _situation(*, plan: Sequence[Row] | None, **columns: Any) -> Situation:
    return Situation(**columns, plan=None if plan is None else tuple(domain_plan_of(**domain) for domain in plan))


def _raised(*, detention_id: UUID, preparation: str, level: str) -> Raised:
    return Raised(detention_id, preparation, Level(level))
