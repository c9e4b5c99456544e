"""Stays in transition houses."""

from datetime import date
from pathlib import Path
from uuid import UUID

from services.aftercare.records.rules import RecordedStep
from services.aftercare.stays.messages import Occupancy, StaysQuery
from services.aftercare.stays.rules import OPEN, Stay, UnknownStay
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts

ANY_STAY = dict.fromkeys(("stay_id", "transition_house", "case_id", "state", "after", "limit"))
"""The parameters of the query, each of which may be left open."""


class StayStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because", "withdrawn_because")

    def lock_stays(self, house: str) -> None:
        """Hold back whoever else would ask for or begin a stay in the house's region, until the transaction ends."""
        self.execute("lock_stays", {"house": house})

    def add_stay(self, stay: Stay, by: str) -> None:
        self.execute("add_stay", as_row(stay))
        self._add_step(stay, "asked", stay.asked_on, by)

    def stay_to_change(self, house: str, stay_id: UUID) -> Stay:
        """The stay, locked until the transaction ends. Raises UnknownStay."""
        stay = self.fetch_one("stay_to_change", {"house": house, "stay_id": stay_id}, Stay)
        if not stay:
            raise UnknownStay
        return stay

    def stays_from(self, house: str, on: date) -> list[Stay]:
        """The stays of the region that began and are not over by that day."""
        return self.fetch_all("stays_from", {"house": house, "on": on}, Stay)

    def take_step(self, stay: Stay, step: str, taken_on: date, by: str) -> None:
        """stay: after the step. by: the caller."""
        self.execute("change_stay", as_row(stay))
        self._add_step(stay, step, taken_on, by)

    def withdraw_step(self, stay: Stay, step: str, because: str, by: str) -> None:
        """stay: without the step."""
        about = {"stay_id": stay.stay_id, "step": step, "because": because, "by": by}
        self.execute("withdraw_step", self._sealed(stay, about))
        self.execute("change_stay", as_row(stay))

    def steps(self, stay_id: UUID) -> list[RecordedStep]:
        """Each step of a stay, withdrawn or not, in the order in which they were recorded."""
        return self.fetch_all("steps", {"stay_id": stay_id}, RecordedStep)

    def stays(self, house: str, query: StaysQuery) -> list[Stay]:
        """A page, in the order of asking; one more than the page holds, if there is a next page."""
        return self._found(house, **as_row(query) | {"after": query.cursor, "limit": query.limit + 1})

    def stay(self, house: str, stay_id: UUID) -> Stay | None:
        found = self._found(house, stay_id=stay_id)
        return found[0] if found else None

    def open_stays(self, house: str, transition_house: str, case_id: UUID) -> list[Stay]:
        """The stays of a subject in a transition house that are waited for or running."""
        found = self._found(house, transition_house=transition_house, case_id=case_id)
        return [stay for stay in found if stay.state in OPEN]

    def occupancy(self, house: str, on: date) -> dict[str, Occupancy]:
        """By the code of the transition house; one where nobody ever asked for a place is not there."""
        wanted = {"house": house, "on": on, "year_began_on": on.replace(month=1, day=1)}
        return dict(self.fetch_all("occupancy", wanted, _occupancy))

    def _add_step(self, stay: Stay, step: str, taken_on: date, by: str) -> None:
        about = {"stay_id": stay.stay_id, "step": step, "taken_on": taken_on, "by": by}
        self.execute("add_step", about | {"place": stay.place if step == "began" else None})

    def _found(self, house: str, **wanted: object) -> list[Stay]:
        return self.fetch_all("stays", ANY_STAY | {"house": house} | wanted, Stay)


def _occupancy(*, transition_house: str, **columns: int) -> tuple[str, Occupancy]:
    return transition_house, Occupancy(**columns)
