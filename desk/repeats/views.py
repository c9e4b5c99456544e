"""Herhalingen: the case holder says with one click whether the plan still stands; the director sees what follows."""

from functools import partial
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import HiddenField
from wtforms.validators import AnyOf

from desk.access import may
from desk.asking import needed, own_house
from desk.clicks import RemarkForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Look

blueprint = Blueprint("repeats", __name__, template_folder="templates")

MOST = 50
ANSWERS = {"plan_stands": lazy("The plan stands"), "overtaken": lazy("The plan is overtaken")}
WORDS = {
    "answered_otherwise": lazy("Somebody else has answered otherwise meanwhile: see below."),
    "already_closed": lazy("The case is closed: nobody has to answer any more."),
    "question_withdrawn": lazy("Nobody has to answer any more: the referral was withdrawn, or is about somebody else."),
    "required": lazy("Say what was wrong with the answer."),
}


class AnswerForm(RemarkForm):
    """Whether the plan stands."""

    refusals = WORDS
    answer = HiddenField(validators=[AnyOf([*ANSWERS])])


@blueprint.get("/repeats")
def show() -> Response:
    return _page(None)


@blueprint.post("/repeats/<uuid:question_id>")
def answer(question_id: UUID) -> Answer:
    """Record whether the plan stands, or correct what was answered."""
    form = AnswerForm.at("")
    path = f"/v1/repeat-questions/{question_id}/answer" + ("/correction" if form.corrects.data else "")
    then, again = url_for("repeats.show"), partial(_page, form)
    return send(form, "meetings", path, form.command, then=then, again=again)


def _page(sent: AnswerForm | None, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it."""
    own_house()
    path, cursor = "/v1/repeat-questions", request.args.get("cursor")
    looks = {
        "waiting": Look("meetings", path, {"limit": MOST} | ({"cursor": cursor} if cursor else {})),
        "answered": Look("meetings", path, {"limit": MOST, "state": "answered"}),
    }
    if may("meetings.SEE_TABLE_CASES"):
        looks["wanted"] = Look("meetings", "/v1/table-cases", {"limit": MOST, "meetingWanted": "true"})
    found = {"wanted": None} | parts().services.get_all(looks)
    needed(found["waiting"])
    page = render_template(
        "repeats/list.html", **found, cursor=cursor, sent=sent, unsure=status == 503, ANSWERS=ANSWERS
    )
    return make_response(page, status)
