"""The briefings of which something was recorded; those that follow the weekday have no row."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.weighing.calendar.rules import Briefing, Change, State, calendars
from services.weighing.house import House
from shared.postgres import Statements, as_row, load_queries
from shared.sealed_texts import About, StoreWithTexts, TextStore


class CalendarStore(StoreWithTexts):
    """Reads the calendar of a house once in a transaction: a batch of messages asks for it with one query."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because",)

    def __init__(self, statements: Statements, texts: TextStore) -> None:
        super().__init__(statements, texts)
        self._houses: dict[str, House] = {}

    def house(self, house: str, profile: House) -> House:
        """The profile with the calendars of its sub-regions."""
        if house not in self._houses:
            exceptions = self.fetch_all("exceptions", {"house": house}, _briefing)
            self._houses[house] = replace(profile, calendars=calendars(exceptions)) if exceptions else profile
        return self._houses[house]

    def lock(self, house: str, sub_region: str) -> None:
        """Until the transaction ends."""
        self.execute("lock_calendar", {"house": house, "sub_region": sub_region})

    def briefing_on(self, house: str, sub_region: str, on: date) -> Briefing | None:
        """What was recorded of the briefing on that day, of one that was cancelled too."""
        return self.fetch_one("briefing_on", {"house": house, "sub_region": sub_region, "on": on}, _briefing)

    def recorded(self, house: str, sub_region: str, since: date, most: int) -> list[Briefing]:
        """The briefings from that day on of which something was recorded, the earliest first."""
        wanted = {"house": house, "sub_region": sub_region, "since": since, "limit": most}
        return self.fetch_all("recorded", wanted, _briefing)

    def changes(self, briefing_id: UUID) -> list[Change]:
        """What was recorded of a briefing, in order."""
        return self.fetch_all("changes", {"briefing_id": briefing_id}, _change)

    def keep_briefing(self, briefing: Briefing) -> None:
        """Record the day and the state that count from now on; the version goes up."""
        self.execute("keep_briefing", as_row(briefing))
        self._houses.pop(briefing.house, None)

    def record(self, briefing: Briefing, by: str, because: str | None = None) -> None:
        """Keep a briefing, with who changed it and why."""
        self.keep_briefing(briefing)
        about = About(briefing.house, briefing.briefing_id)
        self.execute("add_change", self._sealed(about, as_row(briefing) | {"because": because, "recorded_by": by}))

    def briefings_with(self, house: str, case_id: UUID) -> list[UUID]:
        """The ids of the briefings of which something was recorded and that had a referral of the case."""
        rows = self.fetch_all("briefings_with", {"house": house, "case_id": case_id})
        return [row["briefing_id"] for row in rows]


def _briefing(*, state: str, **columns: Any) -> Briefing:
    return Briefing(state=State(state), **columns)


def _change(*, state: str, **columns: Any) -> Change:
    return Change(state=State(state), **columns)
