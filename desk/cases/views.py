"""Zaak: one file on one case, each part of it from its own service."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.exceptions import Forbidden, NotFound

from desk.access import may
from desk.asking import name_in, names_of, own_house, texts_of, texts_of_answers
from desk.parts import parts
from desk.services import NOT_ALLOWED, NOT_FOUND, Look, Missing
from desk.whom import line
from desk.words import AGE_CLASSES, ANSWERS, FAMILY, ROLES

blueprint = Blueprint("cases", __name__, template_folder="templates")

SERVICES: Final = ("intake", "weighing", "meetings", "aftercare")
RUNNING: Final = {
    "meetings": "meetings.SEE_WHO_HAS_CASE",
    "weighing": "weighing.SEE_WHO_FOLLOWS_UP",
    "aftercare": "aftercare.SEE_WHO_GUIDES",
}
"""Which service tells whom who has to do with a person now."""


@blueprint.get("/cases/<uuid:case_id>")
def show(case_id: UUID) -> str:
    """Raises NotFound for a case that no service tells this person of, Forbidden if the case is in no way for them."""
    own_house()
    looks = {service: Look(service, f"/v1/cases/{case_id}") for service in SERVICES}
    told = parts().services.get_all(looks)
    _check(told)
    own = _involvements(told)
    names = _names_of_asked(own) if own else _names(told)
    return render_template(
        "cases/case.html",
        case_id=case_id,
        name=_name(names),
        records=_records(told),
        names=names,
        relations=_relations(told),
        outcomes=_outcomes(told),
        answer_texts=_answer_texts(told["weighing"]),
        ANSWERS=ANSWERS,
        running=_running(case_id),
        line=line,
        ROLES=ROLES,
        own=own,
        NOT_FOUND=NOT_FOUND,
        NOT_ALLOWED=NOT_ALLOWED,
        AGE_CLASSES=AGE_CLASSES,
        FAMILY=FAMILY,
        may=may,
        **told,
    )


def _check(told: dict[str, Any]) -> None:
    reasons = {answer.reason for answer in told.values() if isinstance(answer, Missing)}
    if any(not isinstance(answer, Missing) for answer in told.values()):
        return
    if reasons == {NOT_ALLOWED}:
        raise Forbidden
    if reasons <= {NOT_ALLOWED, NOT_FOUND}:
        raise NotFound


def _records(told: dict[str, Any]) -> int:
    """How many records of the person were merged, by what any service tells; 1 for nearly everybody."""
    answers = (answer for answer in told.values() if not isinstance(answer, Missing))
    return max((len(answer.get("caseIds", ())) for answer in answers), default=1) or 1


def _names(told: dict[str, Any]) -> Any:
    """Who the case is about, for the purpose for which this person sees it: that of the table, or of the briefing."""
    parts_told = {service: answer for service, answer in told.items() if not isinstance(answer, Missing)}
    subjects = {each["subjectId"] for each in _about_a_subject(parts_told)}
    return names_of(subjects, _purpose(parts_told)) if subjects else {}


def _relations(told: dict[str, Any]) -> Any:
    """Who belongs with whom the case is about; Missing for whom intake tells nothing of the case."""
    parts_told = {service: answer for service, answer in told.items() if not isinstance(answer, Missing)}
    if "intake" not in parts_told:
        return Missing("intake", NOT_ALLOWED)
    path = f"/v1/subjects/{parts_told['intake']['subjectId']}/relations"
    return parts().services.get("intake", path, {"purpose": _purpose(parts_told)})


def _running(case_id: UUID) -> dict[str, Any]:
    """By service who has to do with the person now, for whoever answers callers; each service logs the look."""
    path = f"/v1/cases/{case_id}/running"
    told = parts().services.get_all({service: Look(service, path) for service in RUNNING if may(RUNNING[service])})
    return {service: Missing(service, NOT_ALLOWED) for service in RUNNING} | told


def _outcomes(told: dict[str, Any]) -> Any:
    """What providers wrote of conversations, for the aftercare coordinator; Missing if intake does not tell it."""
    aftercare = told["aftercare"]
    if isinstance(aftercare, Missing) or not may("aftercare.REPORT_CONVERSATION"):
        return []
    asked = {"caseIds": sorted({aftercare["caseId"], *aftercare.get("caseIds", ())}), "purpose": "aftercare"}
    texts = parts().services.get_all({"texts": Look("intake", "/v1/contributions", body=asked)})["texts"]
    return texts if isinstance(texts, Missing) else [each for each in texts["items"] if each["kind"] == "outcome"]


def _answer_texts(weighing: Any) -> Any:
    """What partners wrote in their answers on referrals that the team is done with, as on the board of a briefing."""
    referrals = () if isinstance(weighing, Missing) else weighing["referrals"]
    requests = (asked for each in referrals if not each["tableOn"] for asked in each["informationRequests"])
    return texts_of(texts_of_answers(requests), "briefing")


def _involvements(told: dict[str, Any]) -> dict[str, Any]:
    """By service what a person of a partner sees of the case; empty for who acts for the house and sees the whole."""
    answers = {service: {} if isinstance(answer, Missing) else answer for service, answer in told.items()}
    own = {service: answer.get("involvement") for service, answer in answers.items()}
    return own if any(own.values()) else {}


def _names_of_asked(own: dict[str, Any]) -> Any:
    """Who the case is about, for a partner that is asked; nothing else tells a partner a name yet."""
    subjects = {each["subjectId"] for each in (own["weighing"] or {}).get("asked", ())}
    return names_of(subjects, "information_request") if subjects else Missing("intake", NOT_ALLOWED)


def _about_a_subject(told: dict[str, Any]) -> list[Any]:
    intake = [told["intake"]] if "intake" in told else []
    return [
        *intake,
        *told.get("weighing", {}).get("referrals", ()),
        *told.get("meetings", {}).get("tableCases", ()),
        *told.get("aftercare", {}).get("detentions", ()),
    ]


def _purpose(told: dict[str, Any]) -> str:
    at_tables = told.get("meetings", {}).get("tableCases", ())
    if at_tables:
        running = (each for each in at_tables if each["closing"] is None and each["withdrawnOn"] is None)
        return str(next(running, at_tables[0])["table"])
    return "aftercare" if "aftercare" in told else "briefing" if "weighing" in told else "intake"


def _name(names: Any) -> str:
    told = [] if isinstance(names, Missing) else [name_in(details) for details in names.values()]
    return next(iter(told), "")
