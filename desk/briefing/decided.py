"""What was decided at a briefing, for who corrects a decision after the team's days and sees no agenda."""

from typing import Any

from flask import render_template

from desk.asking import needed
from desk.briefing.place import Place, blueprint, may_correct
from desk.parts import parts


@blueprint.get("/briefings/<sub_region>/<on>/decisions")
def decisions(sub_region: str, on: str) -> str:
    place = Place.of(sub_region, on)
    wanted: dict[str, Any] = {"subRegion": place.sub_region} | ({"cursor": place.cursor} if place.cursor else {})
    decided = needed(parts().services.get("weighing", place.decisions, wanted))
    return render_template("briefing/decisions.html", place=place, decided=decided, may_correct=may_correct())
