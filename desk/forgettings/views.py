"""Vergeten: who asks that somebody is forgotten, who confirms it, and what was forgotten without whom it was about."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as Answer

from desk.access import may
from desk.asking import needed, own_house
from desk.forgettings.forms import GROUNDS, AskForm, DecideForm
from desk.parts import parts
from desk.sending import send
from desk.services import Missing

blueprint = Blueprint("forgettings", __name__, template_folder="templates")

FORGETTINGS = "/v1/forgettings"


@blueprint.get("/forgettings")
def show() -> str:
    own_house()
    return render_template("forgettings/list.html", found=_found(), GROUNDS=GROUNDS, may=may)


@blueprint.get("/forgettings/<uuid:forgetting_id>")
def one(forgetting_id: UUID) -> Response:
    return _page_of_one(forgetting_id, _decide_form(forgetting_id))


@blueprint.post("/forgettings/<uuid:forgetting_id>")
def decide(forgetting_id: UUID) -> Answer:
    """Have somebody forgotten as another person asked, or kept."""
    own_house()
    form = _decide_form(forgetting_id)
    path, again = f"{FORGETTINGS}/{forgetting_id}/decision", partial(_page_of_one, forgetting_id, form)
    return send(form, "intake", path, form.command, then=url_for("forgettings.show"), again=again)


@blueprint.get("/subjects/<uuid:subject_id>/forgetting")
def begin(subject_id: UUID) -> Response:
    return _asking(subject_id, _ask_form(subject_id))


@blueprint.post("/subjects/<uuid:subject_id>/forgetting")
def ask(subject_id: UUID) -> Answer:
    """Ask that somebody is forgotten."""
    own_house()
    form = _ask_form(subject_id)
    body, again = partial(form.command, str(subject_id)), partial(_asking, subject_id, form)
    return send(form, "intake", FORGETTINGS, body, then=url_for("forgettings.show"), again=again)


def _ask_form(subject_id: UUID) -> AskForm:
    return AskForm.at(f"forgetting/{subject_id}")


def _decide_form(forgetting_id: UUID) -> DecideForm:
    return DecideForm.at(f"forgetting-decision/{forgetting_id}")


def _found() -> Any:
    """Missing if intake does not answer. Raises Forbidden."""
    return needed(parts().services.get("intake", FORGETTINGS))


def _asking(subject_id: UUID, form: AskForm, status: int = 200) -> Response:
    own_house()
    if not may("intake.FORGET"):
        raise Forbidden
    page = render_template("forgettings/ask.html", subject_id=subject_id, form=form, unsure=status == 503)
    return make_response(page, status)


def _page_of_one(forgetting_id: UUID, form: DecideForm, status: int = 200) -> Response:
    """Raises NotFound if it does not wait for a decision, unless somebody was just second."""
    own_house()
    found = _found()
    waiting = () if isinstance(found, Missing) else found["waiting"]
    asked = next((each for each in waiting if each["forgettingId"] == str(forgetting_id)), None)
    if asked is None and not isinstance(found, Missing) and status == 200:
        raise NotFound
    page = render_template(
        "forgettings/one.html", found=found, asked=asked, form=form, unsure=status == 503, GROUNDS=GROUNDS, may=may
    )
    return make_response(page, status)
