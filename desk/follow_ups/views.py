"""Vervolgacties: what was agreed at the briefings, by whom it is done and until when, and what came of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import HiddenField
from wtforms.validators import AnyOf, InputRequired

from desk.access import may
from desk.asking import contact_cards, name_in, names_of, needed, own_house
from desk.clicks import ClickForm, RemarkForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing

blueprint = Blueprint("follow_ups", __name__, template_folder="templates")

PURPOSE = "briefing"
MOST = 50
STATES = {"done": lazy("Done"), "not_done": lazy("Not done")}
WORDS = {
    "already_reported": lazy("Somebody else has reported it otherwise meanwhile: see below."),
    "lapsed": lazy("It has lapsed: the decision was corrected or withdrawn."),
    "required": lazy("Say what was wrong with the report."),
    "nothing_to_do": lazy("It is reported already, or has lapsed: see below."),
    "goes_with_no_case": lazy("Correct the decision, if another partner is to do it."),
    "unknown_person": lazy("Nobody of this partner is known by that name any more: see below."),
}


class ReportForm(RemarkForm):
    """Whether it is done."""

    refusals = WORDS
    state = HiddenField(validators=[AnyOf([*STATES])])


class HandOverForm(ClickForm):
    """person: empty for the partner alone."""

    refusals = WORDS
    person = HiddenField()

    def command(self) -> dict[str, str | None]:
        return {"person": self.person.data or None}


class MoveForm(ClickForm):
    """owner: the partner that holds the case now."""

    refusals = WORDS
    owner = HiddenField(validators=[InputRequired()])


class LeavingForm(ClickForm):
    refusals = WORDS
    partner = HiddenField(validators=[InputRequired()])
    person = HiddenField(validators=[InputRequired()])


@blueprint.get("/follow-ups")
def show() -> Response:
    return _page(None)


@blueprint.post("/follow-ups/<uuid:follow_up_id>")
def report(follow_up_id: UUID) -> Answer:
    """Record whether it is done, or correct what was reported of it."""
    form = ReportForm.at("")
    path = f"/v1/follow-ups/{follow_up_id}/report" + ("/correction" if form.corrects.data else "")
    return _send(form, path, form.command)


@blueprint.post("/follow-ups/<uuid:follow_up_id>/person")
def hand_over(follow_up_id: UUID) -> Answer:
    """Say who of the partner does it."""
    form = HandOverForm.at("")
    return _send(form, f"/v1/follow-ups/{follow_up_id}/person", form.command)


@blueprint.post("/follow-ups/<uuid:follow_up_id>/owner")
def move(follow_up_id: UUID) -> Answer:
    """Let the partner that holds the case now do it."""
    form = MoveForm.at("")
    return _send(form, f"/v1/follow-ups/{follow_up_id}/owner", form.values)


@blueprint.post("/follow-ups/people")
def join() -> Answer:
    """Say that oneself does follow-ups, so that house and colleagues can name one."""
    return _send(ClickForm.at(""), "/v1/people", {})


@blueprint.post("/follow-ups/departures")
def leave() -> Answer:
    """Say that somebody works there no more."""
    form = LeavingForm.at("")
    return _send(form, "/v1/people/departures", form.values)


def _send(form: ClickForm, path: str, body: Any) -> Answer:
    then = url_for("follow_ups.show", owner=request.args.get("owner"))
    return send(form, "weighing", path, body, then=then, again=partial(_page, form))


def _page(sent: ClickForm | None, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it."""
    house, owner, cursor = own_house(), request.args.get("owner"), request.args.get("cursor")
    asked = {"limit": MOST} | ({"owner": owner} if owner else {})
    found = parts().services.get_all(
        {
            "open": Look("weighing", "/v1/follow-ups", asked | ({"cursor": cursor} if cursor else {})),
            "reported": Look("weighing", "/v1/follow-ups", asked | {"reported": "true"}),
            "people": Look("weighing", "/v1/people", {"partner": owner} if owner else {}),
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
        **_now(waiting),
        people=[] if isinstance(found["people"], Missing) else found["people"]["items"],
        owners=house.partners,
        cards=contact_cards(),
        owner=owner,
        cursor=cursor,
        sent=sent,
        STATES=STATES,
        may=may,
        unsure=status == 503,
    )
    return make_response(page, status)


def _by_owner(waiting: Any) -> dict[str, list[Any]]:
    """In the order of the service: the owner of what is due first on top."""
    groups: dict[str, list[Any]] = {}
    for each in () if isinstance(waiting, Missing) else waiting["items"]:
        groups.setdefault(each["owner"], []).append(each)
    return groups


def _now(waiting: Any) -> dict[str, Any]:
    """What is so of the cases now, for the house: `holders` as meetings tells it, `detained` as aftercare does."""
    items = () if isinstance(waiting, Missing) or not may("weighing.SEE_AGENDA") else waiting["items"]
    kinds = {each.code for each in own_house().follow_ups if each.of_case_holder}
    held = [each for each in items if each["what"] in kinds]
    looks = {"holders": _look("meetings", "/v1/running-table-cases", held)} if held else {}
    looks |= {"detained": _look("aftercare", "/v1/detained-now", items)} if items else {}
    told = parts().services.get_all(looks) if looks else {}
    return {"holders": _by_follow_up(_others, held, told.get("holders")), "detained": _since(items, told)}


def _look(service: str, path: str, items: Sequence[Any]) -> Look:
    return Look(service, path, body={"caseIds": sorted({each["caseId"] for each in items})})


def _since(items: Sequence[Any], told: dict[str, Any]) -> Any:
    """None for who is told by weighing alone."""
    return _by_follow_up(_notice, items, told["detained"]) if "detained" in told else None


def _by_follow_up(part: Callable[[Any, list[Any]], Any], items: Sequence[Any], told: Any) -> Any:
    """What a service told of each follow-up's case, by follow-up; Missing if the service does not answer."""
    if told is None or isinstance(told, Missing):
        return {} if told is None else told
    return {
        each["followUpId"]: part(each, [of for of in told["items"] if of["caseId"] == each["caseId"]]) for each in items
    }


def _notice(follow_up: Any, running: list[Any]) -> str | None:
    """When the first notice after the briefing came, of who is detained now."""
    return min((each["registeredOn"] for each in running if each["registeredOn"] > follow_up["agreedOn"]), default=None)


def _others(follow_up: Any, running: list[Any]) -> list[str]:
    """The partners that hold the case now in the owner's place."""
    held_by = {each["caseHolder"] for each in running if each["caseHolder"]}
    return [] if follow_up["owner"] in held_by else sorted(held_by)


def _names(items: list[Any]) -> dict[str, str]:
    """How people call the subjects, as far as intake tells this person."""
    told = names_of([each["subjectId"] for each in items], PURPOSE)
    return {} if isinstance(told, Missing) else {id: name_in(details) for id, details in told.items()}
