"""For what cases may be seen."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from uuid import UUID

from services.intake.openings.rules import CaseHolder, Opening
from shared.postgres import Store, load_queries


class OpeningStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("set_openings", "set_case_holders")

    def set_opening(self, opening: Opening) -> None:
        """Open a purpose, or change its last day, unless a later event told it otherwise.

        Of a batch the event with the greatest id counts; of what no event told, the last one.
        """
        self.later("set_openings", opening._asdict())

    def set_case_holder(self, holder: CaseHolder) -> None:
        """Unless a later event told of the plan otherwise."""
        self.later("set_case_holders", holder._asdict())

    def end_opening(self, purpose: str, opened_by: UUID, last_day: date) -> None:
        """Nothing if it was not open, or has a last day already."""
        self.execute("end_opening", {"purpose": purpose, "opened_by": opened_by, "last_day": last_day})

    def open_cases(self, house: str, purpose: str, case_ids: Collection[UUID], today: date) -> set[UUID]:
        """Those of these cases for which the purpose is open."""
        wanted = {"house": house, "purpose": purpose, "case_ids": list(case_ids), "today": today}
        return {row["case_id"] for row in self.fetch_all("open_cases", wanted)}

    def held_cases(self, house: str, partner: str, case_ids: Collection[UUID], today: date) -> set[UUID]:
        """Those of these cases that the partner holds at a table."""
        wanted = {"house": house, "partner": partner, "case_ids": list(case_ids), "today": today}
        return {row["case_id"] for row in self.fetch_all("held_cases", wanted)}
