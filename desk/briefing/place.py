"""Of which briefing a page is."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request, url_for
from werkzeug.exceptions import NotFound

from desk.access import may
from desk.asking import own_house
from desk.houses import House

blueprint = Blueprint("briefing", __name__, template_folder="templates")

PURPOSE = "briefing"
"""For which intake tells names here."""


@dataclass(frozen=True)
class Place:
    """One briefing, and the part of its agenda that is shown."""

    house: House
    sub_region: str
    on: date
    cursor: str | None

    @classmethod
    def of(cls, sub_region: str, on: str) -> "Place":
        """Raises NotFound, Forbidden."""
        house = own_house()
        try:
            day = date.fromisoformat(on)
        except ValueError:
            raise NotFound from None
        if sub_region not in [each.name for each in house.sub_regions]:
            raise NotFound
        return cls(house, sub_region, day, request.args.get("cursor"))

    @property
    def form(self) -> str:
        return f"briefing/{self.sub_region}/{self.on}"

    @property
    def decisions(self) -> str:
        return f"/v1/briefings/{self.on}/decisions"

    def address(self, anchor: str | None = None) -> str:
        page = "briefing.board" if sees_agenda() else "briefing.decisions"
        return url_for(page, sub_region=self.sub_region, on=self.on.isoformat(), cursor=self.cursor, _anchor=anchor)


def sees_agenda() -> bool:
    """Others find the decisions alone."""
    return may("weighing.SEE_AGENDA")


def may_decide() -> bool:
    """Whether correcting and withdrawing are offered to this person."""
    return may("weighing.CORRECT")
