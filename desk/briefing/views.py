"""Which briefings there are, what is on the table, and what the weighing team decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as Answer

from desk.access import may
from desk.asking import name_in, names_and_texts, needed, own_house, texts_of_answers
from desk.briefing.forms import Board, DecisionForm, informed, possible
from desk.briefing.place import PURPOSE, Place, blueprint, may_correct, sees_agenda
from desk.briefing.running_words import STATES
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing
from desk.words import AGE_CLASSES, ANSWERS, FAMILY, TEXTS
from shared.business_dates import today

MOST_TO_DECIDE, MOST_DECIDED = 50, 150
"""Of one page of a board: a form for each referral that waits is long, and names of both fit into one look-up."""


@dataclass(frozen=True)
class Row:
    """A referral on the board. number: its place in the list. name: empty if intake does not tell it.

    item: what weighing tells. part: of the form, if somebody may decide or has typed something.
    """

    id: str
    number: int
    name: str
    item: Any
    part: DecisionForm | None = None


@blueprint.get("/briefings")
def briefings() -> str:
    """The coming and the past briefings of each sub-region."""
    house = own_house()
    asked = {each.name: Look("weighing", "/v1/briefings", {"subRegion": each.name}) for each in house.sub_regions}
    found = {name: needed(answer) for name, answer in parts().services.get_all(asked).items()}
    return render_template("briefing/list.html", found=found, STATES=STATES, sees_agenda=sees_agenda())


@blueprint.get("/briefings/<sub_region>/<on>")
def board(sub_region: str, on: str) -> Response:
    place = Place.of(sub_region, on)
    return _page(place)


@blueprint.post("/briefings/<sub_region>/<on>")
def decide(sub_region: str, on: str) -> Answer:
    """Record the decisions that were made: all of them, or the one whose button was used."""
    place = Place.of(sub_region, on)
    filled = Board.at(place.form, place.house)
    if request.form.get("suggest"):
        return _page(place, filled)
    again, then = partial(_page, place, filled), partial(_next, place, filled)
    return send(filled, "weighing", place.decisions, filled.command, then=then, again=again)


def _next(place: Place, filled: Board, _: Any) -> str:
    """Where one goes on: at the referral that follows the last one recorded; at the decisions after the last of all."""
    order, recorded = list(filled.decisions), filled.chosen
    left = [id for id in order[order.index(list(recorded)[-1]) :] if id not in recorded]
    return place.address(f"referral-{left[0]}" if left else "decisions")


def _page(place: Place, filled: Board | None = None, status: int = 200) -> Response:
    """The board. filled: as it was sent, when it comes back."""
    found = _found(place)
    agenda, decided = needed(found["agenda"]), found["decided"]
    items = () if isinstance(agenda, Missing) else agenda["items"]
    decisions = () if isinstance(decided, Missing) else decided["items"]
    filled = filled or Board.at(place.form, place.house, **_as_before(decisions))
    filled.team.sit(() if isinstance(found["seats"], Missing) else found["seats"]["seats"])
    for item in items:
        filled.part(item["referralId"]).offer(place.house, possible(item, place.house), informed(item, filled.team))
    names, texts = _told_of([*items, *decisions])
    rows = [_row(number, item, names, filled) for number, item in enumerate(items, 1)]
    page = render_template(
        "briefing/board.html",
        place=place,
        may=may,
        agenda=agenda,
        decided=decided,
        board=filled,
        seats=found["seats"],
        marks={} if isinstance(found["marks"], Missing) else _by_referral(found["marks"]["items"]),
        names=names,
        texts=texts,
        rows=rows,
        places=sorted({item["municipality"] for item in items} | ({place.municipality} - {None})),
        recorded=[_row(number, item, names) for number, item in enumerate(decisions, 1)],
        taken=_taken(filled, items, decisions, names),
        suggestions=_suggestions(filled),
        running=_running(items),
        is_held=place.on <= today(),
        may_correct=may_correct(),
        unsure=status == 503,
        AGE_CLASSES=AGE_CLASSES,
        FAMILY=FAMILY,
        TEXTS=TEXTS,
        ANSWERS=ANSWERS,
    )
    return make_response(page, status)


def _found(place: Place) -> dict[str, Any]:
    """What weighing tells of the briefing, each part for itself."""
    here = {"subRegion": place.sub_region}
    that_day = here | {"on": place.on.isoformat()}
    chosen = {"cursor": place.cursor, "municipality": place.municipality}
    waiting = that_day | {"limit": MOST_TO_DECIDE} | {name: value for name, value in chosen.items() if value}
    return parts().services.get_all(
        {
            "agenda": Look("weighing", "/v1/agenda", waiting),
            "decided": Look("weighing", place.decisions, here | {"limit": MOST_DECIDED}),
            "marks": Look("weighing", "/v1/marks", that_day),
            "seats": Look("weighing", f"/v1/briefings/{place.on}/seats", here),
        }
    )


def _told_of(shown: Sequence[Any]) -> tuple[Any, Any]:
    """The names, and what was written: the concern that came with a referral has the id of the referral."""
    ids = [_referral_id(each) for each in shown]
    ids += [id for each in shown for id in (each.get("stated") or {}).get("contributionIds", ())]
    requests = [request for each in shown for request in each.get("informationRequests", ())]
    return names_and_texts([each["subjectId"] for each in shown], [*ids, *texts_of_answers(requests)], PURPOSE)


def _running(items: Sequence[Any]) -> Any:
    """The table cases that run of the people on the agenda, by case; Missing if meetings does not answer now."""
    if not items:
        return {}
    body = {"caseIds": sorted({item["caseId"] for item in items})}
    told = parts().services.get_all({"running": Look("meetings", "/v1/running-table-cases", body=body)})["running"]
    if isinstance(told, Missing):
        return told
    return {id: [each for each in told["items"] if each["caseId"] == id] for id in body["caseIds"]}


def _by_referral(marks: Sequence[Any]) -> dict[str, Any]:
    return {each["referralId"]: each for each in marks}


def _referral_id(item: Any) -> str:
    """Of a referral that waits, or of one that was decided."""
    return str(item["referralId"] if "referralId" in item else item["decision"]["referralId"])


def _row(number: int, item: Any, names: Any, filled: Board | None = None) -> Row:
    id = _referral_id(item)
    details = None if isinstance(names, Missing) else names.get(item["subjectId"])
    return Row(id, number, name_in(details), item, filled.part(id) if filled else None)


def _as_before(decisions: Sequence[Any]) -> dict[str, Any]:
    """Who was at the table when the last decision was recorded: most likely the same people sit there still."""
    recorded = [each["decision"] for each in decisions]
    last = max(recorded, key=lambda decision: decision["recordedAt"] or "", default=None)
    return {"attendees": last["attendees"], "legal_ground": last["legalGround"]} if last else {}


def _suggestions(filled: Board) -> dict[str, bool]:
    """By referral, whether the criteria that are chosen are enough for a case meeting, as the service suggests."""
    met = {id: tuple(part.weighed()["criteria"]) for id, part in filled.decisions.items()}
    chosen = {id: criteria for id, criteria in met.items() if criteria}
    looks = {
        " ".join(criteria): Look("weighing", "/v1/suggestions", body={"criteria": criteria})
        for criteria in set(chosen.values())
    }
    told = parts().services.get_all(looks)
    answers = {id: told[" ".join(criteria)] for id, criteria in chosen.items()}
    return {id: answer["criteriaMet"] for id, answer in answers.items() if not isinstance(answer, Missing)}


def _taken(filled: Board, items: Sequence[Any], decisions: Sequence[Any], names: Any) -> list[Row]:
    """What was typed about referrals that are on the agenda no more, each with the decision on it if there is one."""
    waiting = {item["referralId"] for item in items}
    rows = {row.id: row for row in (_row(number, item, names) for number, item in enumerate(decisions, 1))}
    return [
        replace(rows.get(id, Row(id, 0, "", None)), part=part)
        for id, part in filled.decisions.items()
        if id not in waiting and part.is_begun
    ]
