"""What pages have in common when they ask the services."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from werkzeug.exceptions import Forbidden, NotFound

from desk.access import may, session
from desk.houses import House
from desk.language import gettext
from desk.parts import parts
from desk.services import NOT_ALLOWED, NOT_FOUND, Look, Missing, Refused

Answer = TypeVar("Answer")
MOST_TEXTS = 200
"""In one look-up of intake."""


def own_house() -> House:
    """For which the person acts. Raises Forbidden for somebody who has no function in any house."""
    house = parts().houses.get(session().acts_for or "")
    if house is None:
        raise Forbidden
    return house


def needed(answer: Any) -> Any:
    """The answer that a page is about; Missing if the service does not answer now.

    Raises Forbidden for a page that is not for this person, NotFound for what the service does not know.
    """
    reason = answer.reason if isinstance(answer, Missing) else None
    if reason == NOT_ALLOWED:
        raise Forbidden
    if reason == NOT_FOUND:
        raise NotFound
    return answer


def allowed(answer: Answer) -> Answer:
    """The answer to a command. Raises Forbidden for one that is not for this person, unless the service says why."""
    if isinstance(answer, Refused) and answer.status == 403 and not answer.problems:
        raise Forbidden
    return answer


def own_purpose() -> str:
    """For which this person of the house is told who somebody is, and what was written."""
    return "intake" if may("intake.SORT_CONTACT") else "briefing"


def names_of(subject_ids: Iterable[str], purpose: str) -> Mapping[str, Any] | Missing:
    """Who these subjects are, by id, as far as intake tells it for this purpose: one look-up, which intake logs."""
    asked = sorted(set(subject_ids))
    if not asked:
        return {}
    return _names_in(parts().services.get_all({"names": _names(asked, purpose)})["names"])


def names_and_texts(
    subject_ids: Iterable[str], contribution_ids: Iterable[str], purpose: str
) -> tuple[Mapping[str, Any] | Missing, Mapping[str, Any] | Missing]:
    """Who these subjects are and what was written about them, by id, asked at the same time; intake logs each."""
    subjects, texts = sorted(set(subject_ids)), sorted(set(contribution_ids))
    if not subjects:
        return {}, {}
    told = parts().services.get_all({"names": _names(subjects, purpose), **_texts(texts, purpose)})
    names = told.pop("names")
    return _names_in(names), _texts_in(told.values())


def texts_of(contribution_ids: Iterable[str], purpose: str) -> Mapping[str, Any] | Missing:
    """What was written, by id, as far as intake tells it for this purpose; intake logs each text."""
    return _texts_in(parts().services.get_all(_texts(sorted(set(contribution_ids)), purpose)).values())


def texts_of_answers(requests: Iterable[Any]) -> list[str]:
    """The ids of what partners wrote in their last answers to requests, and of whom one can ask."""
    asked = list(requests)
    ids = [service["contributionId"] for request in asked for service in request["services"]]
    return [id for id in (*ids, *(request["contactId"] for request in asked)) if id]


def _texts(ids: Sequence[str], purpose: str) -> dict[str, Look]:
    asked = [ids[start : start + MOST_TEXTS] for start in range(0, len(ids), MOST_TEXTS)]
    return {
        f"texts {number}": Look("intake", "/v1/contributions", body={"contributionIds": some, "purpose": purpose})
        for number, some in enumerate(asked)
    }


def _texts_in(answers: Iterable[Any]) -> Mapping[str, Any] | Missing:
    told = list(answers)
    missing = next((answer for answer in told if isinstance(answer, Missing)), None)
    return missing or {text["contributionId"]: text for answer in told for text in answer["items"]}


def _names(subject_ids: Sequence[str], purpose: str) -> Look:
    return Look("intake", "/v1/subjects/names", body={"subjectIds": subject_ids, "purpose": purpose})


def _names_in(told: Any) -> Mapping[str, Any] | Missing:
    return told if isinstance(told, Missing) else {known["subjectId"]: known["details"] for known in told["items"]}


def contact_cards() -> Any:
    """Who of the partners can be called, by partner; Missing if intake does not tell it this person."""
    found = parts().services.get("intake", "/v1/contact-cards")
    if isinstance(found, Missing):
        return found
    cards: dict[str, list[Any]] = {}
    for each in found["items"]:
        cards.setdefault(each["partner"], []).append(each)
    return cards


def name_in(details: Mapping[str, Any] | None) -> str:
    """How people call a subject: `Piet Jansen`, `gezin Jansen`. Empty if intake does not tell the name."""
    told = details or {}
    if told.get("kind") == "family":
        return gettext("family %(name)s") % {"name": told.get("familyName")}
    if told.get("kind") == "group":
        return gettext("group %(name)s") % {"name": told.get("familyName")}
    return " ".join(filter(None, (told.get("givenNames"), told.get("familyName"))))
