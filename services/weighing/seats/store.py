"""Who sits at the briefings."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.weighing.seats.messages import SeatView
from shared.postgres import Statements, Store, load_queries

COLUMNS = ("partner", "name", "guest", "non_disclosure_on", "chair", "from_item", "to_item", "person")


class Table(NamedTuple):
    """Who sits at one briefing. numbers: of the items on its agenda, by referral."""

    seats: Sequence[SeatView]
    numbers: dict[UUID, int]


class SeatStore(Store):
    """Reads the table of a briefing once in a transaction: decisions on many items ask for it."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def __init__(self, statements: Statements) -> None:
        super().__init__(statements)
        self._tables: dict[tuple[str, str, date], Table] = {}

    def seats(self, briefing_id: UUID) -> list[SeatView]:
        return self.fetch_all("seats", {"briefing_id": briefing_id}, SeatView)

    def partners(self, briefing_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
        """The partners that sit at some briefings, each once; a briefing without seats is left out."""
        found: dict[UUID, dict[str, None]] = {}
        for row in self.fetch_all("partners", {"briefing_ids": list(briefing_ids)}):
            found.setdefault(row["briefing_id"], {})[row["partner"]] = None
        return {briefing_id: tuple(partners) for briefing_id, partners in found.items()}

    def set_seats(self, briefing_id: UUID, seats: Sequence[SeatView]) -> None:
        """All seats of a briefing; those from before are gone."""
        columns = {name: [getattr(seat, name) for seat in seats] for name in COLUMNS}
        self.execute("clear_seats", {"briefing_id": briefing_id})
        self.execute("add_seats", columns | {"briefing_id": briefing_id})
        self._tables.clear()

    def table(self, house: str, sub_region: str, on: date) -> Table:
        """Who sits at the briefing of a sub-region on a day; nobody if no seats were set."""
        place = house, sub_region, on
        if place not in self._tables:
            wanted = {"house": house, "sub_region": sub_region, "on": on}
            numbers = {row["referral_id"]: row["number"] for row in self.fetch_all("numbers", wanted)}
            self._tables[place] = Table(self.fetch_all("seated", wanted, SeatView), numbers)
        return self._tables[place]
