"""Uitvragen: the inbox of a municipality, and what is outstanding, for the information coordinator."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.access import may
from desk.asking import contact_cards, name_in, names_and_texts, names_of, needed, own_house, texts_of_answers
from desk.parts import parts
from desk.questions.forms import AnswerForm, AskForm
from desk.sending import send
from desk.services import Look, Missing
from desk.words import ANSWERS

blueprint = Blueprint("questions", __name__, template_folder="templates")

MOST_NAMED: Final = 200
"""Whose names intake tells at once."""


@blueprint.get("/questions")
def inbox() -> str:
    own_house()
    looks = {state: Look("weighing", "/v1/information-requests", {"state": state}) for state in ("open", "closed")}
    answers = parts().services.get_all(looks)
    needed(answers["open"])
    places = sorted({each["municipality"] for answer in answers.values() for each in _items(answer)})
    municipality = request.args.get("municipality", "")
    waiting, closed = (_of(municipality, answers[state]) for state in looks)
    return render_template(
        "questions/inbox.html",
        places=places,
        municipality=municipality,
        waiting=waiting,
        outstanding=_outstanding(waiting),
        closed=closed,
        name=_names([*_items(waiting), *_items(closed)][:MOST_NAMED]),
        by_house=_acts_for_house(),
        cards=contact_cards() if _acts_for_house() else {},
    )


@blueprint.get("/questions/<uuid:request_id>")
def show(request_id: UUID) -> Response:
    return _page(request_id)


@blueprint.post("/questions/<uuid:request_id>")
def answer(request_id: UUID) -> Answer:
    """Answer, or add to the answer."""
    asked = needed(parts().services.get("weighing", f"/v1/information-requests/{request_id}"))
    if isinstance(asked, Missing):
        return _page(request_id, status=503)
    form = _form(request_id, asked)
    path = f"/v1/information-requests/{request_id}/answer"
    again, then = partial(_page, request_id, form), url_for("questions.inbox")
    return send(form, "intake", path, form.command, then=then, again=again)


@blueprint.get("/questions/about/<uuid:referral_id>")
def another(referral_id: UUID) -> Response:
    return _asking(referral_id)


@blueprint.post("/questions/about/<uuid:referral_id>")
def ask(referral_id: UUID) -> Answer:
    """Ask another partner about a referral."""
    form = AskForm.at(f"asking/{referral_id}")
    path = f"/v1/referrals/{referral_id}/information-requests"
    again, then = partial(_asking, referral_id, form), url_for("questions.inbox")
    return send(form, "weighing", path, form.command, then=then, again=again)


def _items(answer: Any) -> Sequence[Any]:
    return () if isinstance(answer, Missing) else answer["items"]


def _of(municipality: str, answer: Any) -> Any:
    """Of a list, what is of one municipality; all of it if none is chosen."""
    if isinstance(answer, Missing) or not municipality:
        return answer
    return answer | {"items": [each for each in answer["items"] if each["municipality"] == municipality]}


def _outstanding(waiting: Any) -> dict[tuple[str, str], dict[str, list[Any]]]:
    """What is not answered, by briefing (its day and sub-region), the next one first, and then by partner."""
    briefings: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for each in sorted(_items(waiting), key=lambda each: (each["briefingOn"] or "9", each["subRegion"])):
        contacts = briefings.setdefault((each["briefingOn"] or "", each["subRegion"]), {})
        contacts.setdefault(each["request"]["partner"], []).append(each)
    return briefings


def _form(request_id: UUID, asked: Any) -> AnswerForm:
    services = [each["service"] for each in asked["request"]["asked"]]
    return AnswerForm.of(f"question/{request_id}", services, own_house(), on_behalf=_acts_for_house())


def _acts_for_house() -> bool:
    return may("weighing.ASK_PARTNERS")


def _page(request_id: UUID, sent: AnswerForm | None = None, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it."""
    asked = needed(parts().services.get("weighing", f"/v1/information-requests/{request_id}"))
    if isinstance(asked, Missing):
        return make_response(render_template("questions/one.html", asked=asked), status)
    by_house = _acts_for_house()
    given, late = _recorded(request_id, by_house=by_house)
    names, texts = _told(asked, by_house=by_house)
    page = render_template(
        "questions/one.html",
        asked=asked,
        name=name_in(names.get(asked["subjectId"])),
        texts=texts,
        given=_items(given),
        late=late,
        form=sent or _form(request_id, asked),
        by_house=by_house,
        cards=contact_cards() if by_house else {},
        unsure=status == 503,
        ANSWERS=ANSWERS,
    )
    return make_response(page, status)


def _recorded(request_id: UUID, *, by_house: bool) -> tuple[Any, Any]:
    """Who recorded the answers, and what came after the decision about somebody at no table, for the house alone."""
    body = {"requestIds": [str(request_id)]}
    looks = {"given": Look("intake", "/v1/information-requests/answers", body=body)}
    if by_house:
        looks["late"] = Look("weighing", f"/v1/information-requests/{request_id}/late-information")
    told = parts().services.get_all(looks)
    return told["given"], told.get("late", {"items": ()})


def _told(asked: Any, *, by_house: bool) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Who it is about, and the texts of the answers by id, as far as intake tells this person."""
    wanted = texts_of_answers([asked["request"]])
    if by_house or not wanted:
        names, texts = names_and_texts([asked["subjectId"]], wanted, "briefing") if wanted else (_known([asked]), {})
    else:
        names, texts = _known([asked]), names_and_texts([asked["subjectId"]], wanted, "own")[1]
    written = {} if isinstance(texts, Missing) else {id: text["versions"][-1]["text"] for id, text in texts.items()}
    return ({} if isinstance(names, Missing) else names), written


def _known(items: Sequence[Any]) -> Mapping[str, Any]:
    """Who the subjects of these are, as far as intake tells this person."""
    purpose = "briefing" if _acts_for_house() else "information_request"
    told = names_of([each["subjectId"] for each in items], purpose)
    return {} if isinstance(told, Missing) else told


def _names(items: Sequence[Any]) -> dict[str, str]:
    return {id: name_in(details) for id, details in _known(items).items()}


def _asking(referral_id: UUID, sent: AskForm | None = None, status: int = 200) -> Response:
    house = own_house()
    referral = needed(parts().services.get("weighing", f"/v1/referrals/{referral_id}"))
    chosen = {name: request.args[name] for name in ("partner", "question") if name in request.args}
    form = sent or AskForm.at(f"asking/{referral_id}", **chosen)
    form.offer(house)
    page = render_template("questions/asking.html", referral=referral, form=form, unsure=status == 503)
    return make_response(page, status)
