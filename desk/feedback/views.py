"""Terugkoppelingen: who called or wrote and is still to hear what was decided, and who was told."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired

from desk.asking import contact_cards, name_in, names_of, needed, own_house, own_purpose
from desk.forms import DeskForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing
from shared.business_dates import today

blueprint = Blueprint("feedback", __name__, template_folder="templates")

IMPOSSIBLE = "impossible"
WORDS = {
    "in_future": lazy("Choose today or a day before."),
    "already_recorded": lazy("Somebody else has recorded something else meanwhile."),
    "nothing_recorded": lazy("It was taken back already."),
    "no_longer_owed": lazy("Something newer is to be told in its place: see the list."),
}


class OutcomeForm(DeskForm):
    """When the referrer was told, or why it cannot be."""

    refusals, blamed = WORDS, {"toldOn": "told_on"}
    because = StringField(lazy("Why it cannot be told"))
    told_on = DateField(lazy("Told on"), [InputRequired(lazy("Say when you told it."))], default=today)

    @property
    def is_impossible(self) -> bool:
        return request.form.get("outcome") == IMPOSSIBLE

    def validate(self, extra_validators: Any = None) -> bool:
        """The day is asked for where somebody was told."""
        return self.is_impossible or super().validate(extra_validators)

    def command(self) -> dict[str, str]:
        if not self.is_impossible:
            return {"toldOn": self.told_on.data.isoformat()}
        because = (self.because.data or "").strip()
        return {"because": because} if because else {}


class MistakeForm(DeskForm):
    """Why an outcome is taken back."""

    refusals = WORDS
    because = TextAreaField(lazy("What was wrong"), [InputRequired(lazy("Say what was wrong."))])


@blueprint.get("/feedback")
def owed() -> str:
    own_house()
    cursor = request.args.get("cursor")
    looks = {
        "owed": Look("intake", "/v1/feedback", {"cursor": cursor} if cursor else {}),
        "told": Look("intake", "/v1/told-feedback"),
    }
    answers = parts().services.get_all(looks)
    page = needed(answers["owed"])
    items = [each for answer in answers.values() if not isinstance(answer, Missing) for each in answer["items"]]
    return render_template(
        "feedback/list.html", owed=page, told=answers["told"], name=_names(items), cards=contact_cards()
    )


@blueprint.get("/feedback/<uuid:feedback_id>")
def show(feedback_id: UUID) -> Response:
    return _page(feedback_id, _form(feedback_id))


@blueprint.post("/feedback/<uuid:feedback_id>")
def record(feedback_id: UUID) -> Answer:
    """Record that the referrer was told, or can't be told."""
    form, path = _form(feedback_id), f"/v1/feedback/{feedback_id}/outcome"
    again, then = partial(_page, feedback_id, form), url_for("feedback.owed")
    return send(form, "intake", path, form.command, then=then, again=again)


@blueprint.post("/feedback/<uuid:feedback_id>/withdrawal")
def take_back(feedback_id: UUID) -> Answer:
    """Take back what was recorded by mistake: the referrer is still to be told."""
    mistake, path = _mistake(feedback_id), f"/v1/feedback/{feedback_id}/outcome/withdrawal"
    again, then = partial(_page, feedback_id, mistake), url_for("feedback.show", feedback_id=feedback_id)
    return send(mistake, "intake", path, mistake.values, then=then, again=again)


def _form(feedback_id: UUID) -> OutcomeForm:
    return OutcomeForm.at(f"feedback/{feedback_id}")


def _mistake(feedback_id: UUID) -> MistakeForm:
    return MistakeForm.at(f"feedback/{feedback_id}/withdrawal")


def _page(feedback_id: UUID, sent: OutcomeForm | MistakeForm, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it."""
    own_house()
    feedback = needed(parts().services.get("intake", f"/v1/feedback/{feedback_id}"))
    contact = None if isinstance(feedback, Missing) else feedback["contactMomentId"]
    page = render_template(
        "feedback/one.html",
        feedback=feedback,
        name=_names([] if isinstance(feedback, Missing) else [feedback]),
        told_by=_told_by(feedback_id) if contact else None,
        sent=sent,
        form=sent if isinstance(sent, OutcomeForm) else _form(feedback_id),
        mistake=sent if isinstance(sent, MistakeForm) else _mistake(feedback_id),
        cards=contact_cards(),
        unsure=status == 503,
        IMPOSSIBLE=IMPOSSIBLE,
    )
    return make_response(page, status)


def _told_by(feedback_id: UUID) -> Any:
    """Who called or wrote, or Missing: an outside professional, with a phone number. None if somebody of a partner."""
    told = parts().services.get("intake", f"/v1/feedback/{feedback_id}/caller")
    return told if isinstance(told, Missing) else told["outside"]


def _names(items: list[Any]) -> dict[str, str]:
    """How people call the subjects of these, as far as intake tells this person."""
    told = names_of([each["subjectId"] for each in items], own_purpose())
    return {} if isinstance(told, Missing) else {id: name_in(details) for id, details in told.items()}
