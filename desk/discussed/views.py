"""Besproken: whether the house discusses a person, for the ZSM desk: yes or no, and whom to ask for."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template
from werkzeug.exceptions import Forbidden
from wtforms import RadioField
from wtforms.validators import InputRequired

from desk.access import session
from desk.asking import allowed, own_house
from desk.language import gettext, lazy
from desk.parts import parts
from desk.services import Done, Missing, Problem
from desk.whom import WhomFields

blueprint = Blueprint("discussed", __name__, template_folder="templates")

PROSECUTING = frozenset({"zsm_desk"})
WHYS = {
    "settlement": lazy("how the case is settled"),
    "custody": lazy("whether the person stays in custody"),
    "conditions": lazy("on which conditions the person is released"),
}
WHOM = {
    "process_director": lazy("Ask for the process director."),
    "information_coordinator": lazy("Ask for the information coordinator: it is on the agenda of a briefing."),
}
TOLD = {
    "nothing_to_go_by": lazy("Type a BSN, or family name, given names and the whole birth date."),
    "asked_too_often": lazy("You have asked as often as one may in a day. Call the house."),
}


class AskForm(WhomFields):
    """Whom it is about, and why one must know. What is typed stands in no address."""

    why = RadioField(lazy("What must be decided"), [InputRequired(lazy("Choose one."))], choices=[*WHYS.items()])


@blueprint.get("/discussed")
def show() -> Response:
    return _page(_form())


@blueprint.post("/discussed")
def ask() -> Response:
    form = _form()
    if not form.validate():
        return _page(form, status=422)
    body = {"about": form.about(), "why": form.why.data}
    answer = allowed(parts().services.post("intake", "/v1/subjects/discussed", body, key=form.token.key))
    if isinstance(answer, Done):
        form.process()  # what was typed is shown no more
        form.forget_drafts()
        return _page(form, answer.data)
    if isinstance(answer, Missing):
        return _page(form, status=503)
    form.form_errors = [_told(problem) for problem in answer.problems]
    return _page(form, status=answer.status)


def _told(problem: Problem) -> str:
    reason = TOLD.get(problem.code)
    return str(reason) if reason else gettext("This is not accepted: %(reason)s") % {"reason": problem.reason}


def _form() -> AskForm:
    """Raises Forbidden for somebody of no ZSM desk."""
    house = own_house()
    if not session().has(*PROSECUTING):
        raise Forbidden
    form = AskForm.at("discussed")
    form.offer_places(house)
    return form


def _page(form: AskForm, answer: Any = None, status: int = 200) -> Response:
    shown = {"form": form, "answer": answer, "missing": status == 503, "WHOM": WHOM}
    return make_response(render_template("discussed/ask.html", **shown), status)
