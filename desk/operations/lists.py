"""The lists of Beheer: partners, processes, the problems of the past, and the manual."""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.exceptions import NotFound
from wtforms import DateField, Form, SelectChoice, SelectField

from desk.asking import needed
from desk.language import HOME, gettext, lazy
from desk.operations.blueprint import blueprint
from desk.operations.overview import NOW
from desk.parts import parts
from desk.services import Look, Missing

OUT = re.compile(r"partner\.([^.]+)\.([^.]+)\.out")


class PartnersForm(Form):
    """Of which day and house."""

    day = DateField(lazy("Day"))
    house = SelectField(lazy("House"), validate_choice=False)


@blueprint.get("/partners")
def partners() -> str:
    form = PartnersForm(request.args)
    houses = [SelectChoice(each.house, each.name) for each in parts().houses.values()]
    form.house.choices = [SelectChoice("", gettext("All houses")), *houses]
    form.day.data = form.day.data or datetime.now(UTC).astimezone(HOME).date()
    answers = parts().services.get_all(
        {
            "days": Look("reporting", "/v1/operations/partner-days", _chosen(form.day.data, form.house.data)),
            "now": NOW,
        }
    )
    days, ready = needed(answers["days"]), _ready(answers["now"])
    return render_template("operations_partners.html", form=form, days=days, ready=ready)


def _chosen(day: date, house: str | None) -> dict[str, str]:
    return {"day": day.isoformat()} | ({"house": house} if house else {})


def _ready(now: Any) -> dict[tuple[str, str], Any]:
    """The queue of what is ready for each partner, by house and partner."""
    queues = [] if isinstance(now, Missing) else now["queues"]
    return {(found[1], found[2]): each for each in queues if (found := OUT.fullmatch(each["name"]))}


@blueprint.get("/processes")
def processes() -> str:
    found = needed(parts().services.get("reporting", "/v1/operations/processes"))
    return render_template("operations_processes.html", found=found)


@blueprint.get("/problems")
def problems() -> str:
    cursor = request.args.get("cursor", "")
    params = {"limit": 50} | ({"cursor": str(_uuid(cursor))} if cursor else {})
    found = needed(parts().services.get("reporting", "/v1/operations/problems", params))
    return render_template("operations_problems.html", found=found, cursor=cursor)


def _uuid(text: str) -> UUID:
    """Raises NotFound."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@blueprint.get("/manual")
def manual() -> str:
    entries = needed(parts().services.get("reporting", "/v1/operations/manual"))
    return render_template("operations_manual.html", entries=entries)
