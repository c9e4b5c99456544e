"""Vervolgacties: what was agreed at the briefings, by whom it is done and until when, and what came of it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as Answer

from desk.access import form_token
from desk.asking import allowed, name_in, names_of, needed, own_house
from desk.language import gettext, lazy
from desk.parts import parts
from desk.redirects import leave_for
from desk.services import Done, Look, Missing, Problem

blueprint = Blueprint("follow_ups", __name__, template_folder="templates")

PURPOSE = "briefing"
MOST = 50
STATES = ("done", "not_done")
WORDS = {
    "already_reported": lazy("Somebody else has reported it otherwise meanwhile: see below."),
    "lapsed": lazy("It has lapsed: the decision was corrected or withdrawn."),
    "required": lazy("Say what was wrong with the report."),
}


@blueprint.get("/follow-ups")
def show() -> Response:
    return _page()


@blueprint.post("/follow-ups/<uuid:follow_up_id>")
def report(follow_up_id: UUID) -> Answer:
    """Record whether it is done, or correct what was reported of it."""
    state, remark = request.form.get("state"), request.form.get("remark", "").strip()
    if state not in STATES:
        raise BadRequest
    path = f"/v1/follow-ups/{follow_up_id}/report" + ("/correction" if "corrects" in request.form else "")
    body = {"state": state} | ({"remark": remark} if remark else {})
    answer = allowed(parts().services.post("weighing", path, body, key=form_token().key))
    if isinstance(answer, Done):
        return leave_for(url_for("follow_ups.show", owner=request.args.get("owner")))
    if isinstance(answer, Missing):
        return _page(503)
    return _page(answer.status, [_words(problem) for problem in answer.problems])


def _words(problem: Problem) -> str:
    return str(WORDS.get(problem.code) or gettext("This is not accepted: %(reason)s") % {"reason": problem.reason})


def _page(status: int = 200, wrong: Any = ()) -> Response:
    """wrong: why what was sent is not accepted."""
    house, owner, cursor = own_house(), request.args.get("owner"), request.args.get("cursor")
    asked = {"limit": MOST} | ({"owner": owner} if owner else {})
    found = parts().services.get_all(
        {
            "open": Look("weighing", "/v1/follow-ups", asked | ({"cursor": cursor} if cursor else {})),
            "reported": Look("weighing", "/v1/follow-ups", asked | {"reported": "true"}),
        }
    )
    waiting, reported = needed(found["open"]), needed(found["reported"])
    items = [each for answer in (waiting, reported) if not isinstance(answer, Missing) for each in answer["items"]]
    page = render_template(
        "follow_ups/list.html",
        waiting=waiting,
        reported=reported,
        by_owner=_by_owner(waiting),
        names=_names(items),
        owners=house.partners,
        owner=owner,
        cursor=cursor,
        wrong=wrong,
        unsure=status == 503,
    )
    return make_response(page, status)


def _by_owner(waiting: Any) -> dict[str, list[Any]]:
    """In the order of the service: the owner of what is due first on top."""
    groups: dict[str, list[Any]] = {}
    for each in () if isinstance(waiting, Missing) else waiting["items"]:
        groups.setdefault(each["owner"], []).append(each)
    return groups


def _names(items: list[Any]) -> dict[str, str]:
    """How people call the subjects, as far as intake tells this person."""
    told = names_of([each["subjectId"] for each in items], PURPOSE)
    return {} if isinstance(told, Missing) else {id: name_in(details) for id, details in told.items()}
