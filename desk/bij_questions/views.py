"""BIJ-vragen: a municipality asks the house for support on a BIJ notice, and the house advises the mayor."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from desk.access import may
from desk.asking import needed, own_house
from desk.forms import DeskForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send

blueprint = Blueprint("bij_questions", __name__, template_folder="templates")

PATH = "/v1/bij-questions"
TOLD = {
    "bsn_in_text": lazy("Leave the citizen service number out of the text."),
    "answered_before": lazy("Somebody else has answered meanwhile: see below."),
    "not_municipal": lazy("Only somebody of a municipality of the house asks here."),
}


class AskForm(DeskForm):
    """Who returns, and with what the house can help."""

    refusals = TOLD
    about = StringField(lazy("Who returns"), [InputRequired(lazy("Write who returns.")), Length(max=500)])
    question = TextAreaField(lazy("Your question"), [InputRequired(lazy("Write your question.")), Length(max=2000)])


class AdviceForm(DeskForm):
    """Whether the house supports the municipality, and what it advises."""

    refusals = TOLD
    supports = RadioField(
        lazy("Does the house support the municipality?"),
        [InputRequired(lazy("Choose one."))],
        choices=[("yes", lazy("Yes")), ("no", lazy("No"))],
    )
    advice = TextAreaField(lazy("Advice for the mayor"), [InputRequired(lazy("Write the advice.")), Length(max=2000)])


class CorrectionForm(AdviceForm):
    """What the house advises after all."""

    because = TextAreaField(lazy("What was wrong"), [InputRequired(lazy("Say what was wrong.")), Length(max=2000)])


@blueprint.get("/bij-questions")
def inbox() -> Response:
    return _inbox(AskForm.at("bij-question"))


@blueprint.post("/bij-questions")
def ask() -> Answer:
    form = AskForm.at("bij-question")
    again, then = partial(_inbox, form), url_for("bij_questions.inbox")
    return send(form, "intake", PATH, form.values, then=then, again=again)


@blueprint.get("/bij-questions/<uuid:bij_id>")
def show(bij_id: UUID) -> Response:
    return _page(bij_id, _advice(bij_id), _correction(bij_id))


@blueprint.post("/bij-questions/<uuid:bij_id>")
def answer(bij_id: UUID) -> Answer:
    form = _advice(bij_id)
    return _sent(bij_id, form, "answer", partial(_page, bij_id, form, _correction(bij_id)))


@blueprint.post("/bij-questions/<uuid:bij_id>/correction")
def correct(bij_id: UUID) -> Answer:
    form = _correction(bij_id)
    return _sent(bij_id, form, "answer/correction", partial(_page, bij_id, _advice(bij_id), form))


def _sent(bij_id: UUID, form: AdviceForm, where: str, again: Callable[[int], Response]) -> Answer:
    path, then = f"{PATH}/{bij_id}/{where}", url_for("bij_questions.show", bij_id=bij_id)
    body = form.values | {"supports": form.supports.data == "yes"}
    return send(form, "intake", path, body, then=then, again=again)


def _advice(bij_id: UUID) -> AdviceForm:
    return AdviceForm.at(f"bij-question/{bij_id}")


def _correction(bij_id: UUID) -> CorrectionForm:
    return CorrectionForm.at(f"bij-question/{bij_id}/correction")


def _inbox(form: AskForm, status: int = 200) -> Response:
    own_house()
    found = needed(parts().services.get("intake", PATH))
    return _rendered("inbox", status, found=found, form=form, asks=may("intake.ASK_BIJ"))


def _page(bij_id: UUID, form: AdviceForm, correction: CorrectionForm, status: int = 200) -> Response:
    """Intake keeps who reads it."""
    own_house()
    found = needed(parts().services.get("intake", f"{PATH}/{bij_id}"))
    answers = may("intake.ADVISE_MAYOR")
    return _rendered("one", status, question=found, form=form, correction=correction, answers=answers)


def _rendered(page: str, status: int, **shown: Any) -> Response:
    return make_response(render_template(f"bij_questions/{page}.html", unsure=status == 503, **shown), status)
