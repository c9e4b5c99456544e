"""Of which briefing a page is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
    """One briefing, and the part of its agenda that is shown. municipality: None for all."""

    house: House
    sub_region: str
    on: date
    cursor: str | None
    municipality: str | None = None

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
        return cls(house, sub_region, day, request.args.get("cursor"), request.args.get("municipality") or None)

    @property
    def form(self) -> str:
        return "/".join(["briefing", self.sub_region, str(self.on), *filter(None, [self.municipality])])

    @property
    def decisions(self) -> str:
        return f"/v1/briefings/{self.on}/decisions"

    def address(self, anchor: str | None = None) -> str:
        return self.page(self.cursor, anchor)

    def page(self, cursor: str | None = None, anchor: str | None = None) -> str:
        """Another part of what is shown: the first, or the one after the cursor."""
        page = "briefing.board" if sees_agenda() else "briefing.decisions"
        here: dict[str, Any] = {"sub_region": self.sub_region, "on": self.on.isoformat()}
        return url_for(page, **here, cursor=cursor, municipality=self.municipality, _anchor=anchor)


def sees_agenda() -> bool:
    """Others find the decisions alone."""
    return may("weighing.SEE_AGENDA")


def may_decide() -> bool:
    """Whether this person is of the weighing team."""
    return may("weighing.DECIDE")


def may_correct() -> bool:
    """Whether correcting and withdrawing are offered to this person; whose it is, the service says."""
    return may("weighing.CORRECT")
