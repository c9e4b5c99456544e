"""Stays in transition houses."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.aftercare.domain.stays import Stay, StayState
from shared.postgres import Store, as_row

ANY_STAY: Mapping[str, Any] = {
    "stay_id": None,
    "transition_house": None,
    "case_id": None,
    "state": None,
    "after": None,
    "limit": None,
}
OPEN = {StayState.WAITING, StayState.RUNNING}


class StayStore(Store):
    """The queries of stays.sql."""

    def lock_stays(self, house: str) -> None:
        self.execute("lock_stays", {"house": house})

    def add_stay(self, stay: Stay) -> None:
        self.execute("add_stay", as_row(stay))

    def stay_to_change(self, house: str, stay_id: UUID) -> Stay | None:
        row = self.fetch_one("stay_to_change", {"house": house, "stay_id": stay_id})
        return Stay(**row) if row else None

    def stays_from(self, house: str, on: date) -> list[Stay]:
        return [Stay(**row) for row in self.fetch_all("stays_from", {"house": house, "on": on})]

    def change_stay(self, stay: Stay) -> None:
        self.execute("change_stay", as_row(stay))

    def stays(self, house: str, **wanted: Any) -> list[Stay]:
        """wanted: transition_house, case_id, state, limit, after (the last stay of the page before)."""
        return [Stay(**row) for row in self.fetch_all("stays", {**ANY_STAY, "house": house, **wanted})]

    def stay(self, house: str, stay_id: UUID) -> Stay | None:
        found = self.stays(house, stay_id=stay_id)
        return found[0] if found else None

    def open_stays(self, house: str, transition_house: str, case_id: UUID) -> list[Stay]:
        found = self.stays(house, transition_house=transition_house, case_id=case_id)
        return [each for each in found if each.state in OPEN]

    def occupancy(self, house: str, on: date) -> dict[str, dict[str, Any]]:
        """By code of the transition house; one where nobody ever asked for a place is not there."""
        rows = self.fetch_all("occupancy", {"house": house, "on": on, "year_began_on": on.replace(month=1, day=1)})
        return {row.pop("transition_house"): row for row in rows}
