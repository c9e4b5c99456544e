"""Mogelijke dubbelen: the list of pairs, and two records side by side."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired

from desk.asking import needed, own_house
from desk.forms import DeskForm
from desk.language import birth_date, lazy
from desk.matches.search import propose, search, search_form
from desk.matches.words import BANDS, BUTTONS, DECISIONS, FIELDS, FINDINGS, REFUSALS, SEXES, SIGNS, STATES
from desk.parts import parts
from desk.sending import send
from desk.services import Missing
from desk.whom import PURPOSE

blueprint = Blueprint("matches", __name__, template_folder="templates")

blueprint.add_url_rule("/matches/search", "find", search, methods=["POST"])
blueprint.add_url_rule("/matches/pair", "propose", propose, methods=["POST"])


class DecisionForm(DeskForm):
    """Why. version: of the pair that the person has seen."""

    refusals = REFUSALS
    version = HiddenField()
    because = TextAreaField(lazy("Why"), [InputRequired(lazy("Say why."))])

    def command(self) -> dict[str, str]:
        return {"decision": request.form.get("decision", ""), "because": self.because.data}


@blueprint.get("/matches")
def pairs() -> str:
    form = search_form()
    matches = needed(parts().services.get("intake", "/v1/matches"))
    return render_template(
        "matches/list.html",
        matches=matches,
        form=form,
        STATES=STATES,
        BANDS=BANDS,
        SIGNS=SIGNS,
        because=_because,
    )


@blueprint.get("/matches/<uuid:match_id>")
def show(match_id: UUID) -> Response:
    return _page(match_id, None)


@blueprint.post("/matches/<uuid:match_id>")
def decide(match_id: UUID) -> Answer:
    """Decide on two records, with the reason."""
    form, path = _form(match_id), f"/v1/matches/{match_id}/decisions"
    again, then = partial(_page, match_id, form), url_for("matches.show", match_id=match_id)
    version = int(form.version.data or 0)
    return send(form, "intake", path, form.command, then=then, again=again, version=version)


def _form(match_id: UUID, **seen: Any) -> DecisionForm:
    return DecisionForm.at(f"match/{match_id}", **seen)


def _page(match_id: UUID, sent: DecisionForm | None, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it."""
    own_house()
    match = needed(parts().services.get("intake", f"/v1/matches/{match_id}", {"purpose": PURPOSE}))
    version = 0 if isinstance(match, Missing) else match["version"]
    form = sent or _form(match_id, version=version)
    form.version.data = str(version)  # after a refusal the page is shown as it is now
    page = render_template(
        "matches/one.html",
        match=match,
        form=form,
        unsure=status == 503,
        value=_value,
        fields=_compared(match),
        FIELDS=FIELDS,
        FINDINGS=FINDINGS,
        STATES=STATES,
        BANDS=BANDS,
        SIGNS=SIGNS,
        DECISIONS=DECISIONS,
        BUTTONS=BUTTONS,
    )
    return make_response(page, status)


def _compared(match: Any) -> list[str]:
    """The fields that stand side by side; of members only whether there are some in common."""
    shares = not isinstance(match, Missing) and match["evidence"]["members"] != "unknown"
    return [field for field in FIELDS if field != "members" or shares]


def _value(details: Mapping[str, Any], field: str) -> str:
    """What a record says of a field."""
    told = details.get(field)
    if field == "identifiers":
        return ", ".join(each["number"] for each in told or ())
    if field == "birthDate":
        return birth_date(told) if told else ""
    return str(SEXES.get(told, told)) if field == "sex" and told else str(told or "")


def _because(evidence: Mapping[str, str]) -> str:
    """What of two records agrees or is alike: `Family name: alike; birth date: the same`."""
    said = [(FIELDS[field], FINDINGS[evidence[field]][0]) for field in FIELDS if evidence[field] != "unknown"]
    return "; ".join(f"{name}: {finding}" for name, finding in said)
