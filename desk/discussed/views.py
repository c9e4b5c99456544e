"""Besproken: whether the house discusses a person, for the ZSM desk: yes or no, and whom to ask for."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, render_template
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField
from wtforms.validators import InputRequired

from desk.access import may
from desk.asking import own_house
from desk.language import lazy
from desk.sending import send
from desk.whom import WhomFields

blueprint = Blueprint("discussed", __name__, template_folder="templates")

WHYS = {
    "settlement": lazy("how the case is settled"),
    "custody": lazy("whether the person stays in custody"),
    "conditions": lazy("on which conditions the person is released"),
}
WHOM = {
    "process_director": lazy("Ask for the process director."),
    "information_coordinator": lazy("Ask for the information coordinator: it is on the agenda of a briefing."),
    "aftercare_coordinator": lazy("Ask for the aftercare coordinator."),
}
TOLD = {
    "nothing_to_go_by": lazy("Type a BSN, or family name, given names and the whole birth date."),
    "asked_too_often": lazy("You have asked as often as one may in a day. Call the house."),
}


class AskForm(WhomFields):
    """Whom it is about, and why one must know. What is typed stands in no address."""

    refusals = TOLD
    why = RadioField(lazy("What must be decided"), [InputRequired(lazy("Choose one."))], choices=[*WHYS.items()])

    def command(self) -> dict[str, Any]:
        return {"about": self.about(), "why": self.why.data}


@blueprint.get("/discussed")
def show() -> Response:
    return _page(_form())


@blueprint.post("/discussed")
def ask() -> Answer:
    form = _form()
    again, then = partial(_page, form), partial(_answered, form)
    return send(form, "intake", "/v1/subjects/discussed", form.command, then=then, again=again)


def _answered(form: AskForm, answer: Any) -> Response:
    form.process(form_token=form.form_token.data)  # what was typed is shown no more
    return _page(form, answer=answer)


def _form() -> AskForm:
    """Raises Forbidden for somebody of no ZSM desk."""
    house = own_house()
    if not may("intake.SEE_WHETHER_DISCUSSED"):
        raise Forbidden
    form = AskForm.at("discussed")
    form.offer_places(house)
    return form


def _page(form: AskForm, status: int = 200, *, answer: Any = None) -> Response:
    shown = {"form": form, "answer": answer, "missing": status == 503, "WHOM": WHOM}
    return make_response(render_template("discussed/ask.html", **shown), status)
