"""Mijn werk: what waits for this person in every service and capacity, what is overdue first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for

from desk.access import any_house, session
from desk.parts import parts
from desk.services import NOT_ALLOWED, Look, Missing
from desk.sessions.rules import Capacity
from desk.work.words import KINDS, OTHER, SERVICES

blueprint = Blueprint("work", __name__, template_folder="templates")

BRIEFING_PAGES = {"briefing": "briefing.board", "briefing_to_settle": "briefing.running"}
"""Which page of a briefing a task is done on."""
LISTS = {
    "parked_messages": "operations.parked_groups",
    "information_overdue": "questions.inbox",
    "follow_up": "follow_ups.show",
    "repeat_question": "repeats.show",
    "repeat_unanswered": "repeats.show",
    "meeting_wanted": "repeats.show",
}
"""Where one of several is chosen."""
OBJECTS = {
    "bij_question": ("bij_questions.show", "bij_id"),
    "identity_conflict": ("conflicts.show", "referral_id"),
    "contact_moment": ("contact.show", "contact_moment_id"),
    "caller_to_answer": ("contact.show", "contact_moment_id"),
    "held_back": ("contact.begin_to_say", "referral_id"),
    "information_request": ("questions.show", "request_id"),
    "late_answer": ("questions.show", "request_id"),
    "late_running_there": ("questions.show", "request_id"),
    "partner_to_call": ("questions.show", "request_id"),
    "match": ("matches.show", "match_id"),
    "separation": ("matches.show", "match_id"),
    "forgetting": ("forgettings.one", "forgetting_id"),
    "feedback_owed": ("feedback.show", "feedback_id"),
}
"""The page of what a task is about, and how it names the id."""
MOST = 500
"""Of one service and house are chosen from; more follow when these are done."""
SHOWN = 100
NOWHERE = "-"
"""Chooses what is of no municipality, or of none that is known."""


@dataclass(frozen=True)
class Task:
    """Something that waits. link: where it is done; empty if the desk has no page for it."""

    capacity: Capacity
    service: str
    kind: str
    about: str
    municipality: str
    since: str
    due_on: str | None
    overdue: bool
    count: int | None
    link: str

    @property
    def name(self) -> str:
        return str(KINDS.get(self.kind, OTHER))

    @property
    def place(self) -> tuple[bool, str, str]:
        return not self.overdue, self.due_on or date.max.isoformat(), self.since


@blueprint.get("/work")
@any_house
def show() -> str:
    capacities = session().person.capacities
    asked = {
        f"{each.id} {service}": Look(
            service, "/v1/work", {"limit": MOST}, each.house, standing_in_for=each.standing_in_for
        )
        for each in capacities
        for service in SERVICES
    }
    told = parts().services.get_all(asked)
    answers = {(each, service): told[f"{each.id} {service}"] for each in capacities for service in SERVICES}
    tasks = [task for of, answer in answers.items() for task in _tasks(of, answer)]
    kind, municipality = request.args.get("kind", ""), request.args.get("municipality", "")
    chosen = [task for task in tasks if kind in ("", task.kind) and municipality in ("", task.municipality)]
    return render_template(
        "work/list.html",
        number=len(chosen),
        tasks=sorted(chosen, key=lambda task: task.place)[:SHOWN],
        kind=kind,
        kinds=sorted({(task.name, task.kind) for task in tasks}),
        municipality=municipality,
        places=sorted({task.municipality for task in tasks}),
        NOWHERE=NOWHERE,
        missing=[SERVICES[service] for service in SERVICES if _is_missing(service, answers)],
        is_cut=len(chosen) > SHOWN
        or any(not isinstance(answer, Missing) and answer["next"] for answer in answers.values()),
        SERVICES=SERVICES,
        is_for_several=len(capacities) > 1,
    )


def _is_missing(service: str, answers: Mapping[tuple[Capacity, str], Any]) -> bool:
    """Whether the service gave no answer about a house. Where nothing can wait for somebody, it says not allowed."""
    found = [answer for (_, asked), answer in answers.items() if asked == service and isinstance(answer, Missing)]
    return any(answer.reason != NOT_ALLOWED for answer in found)


def _tasks(of: tuple[Capacity, str], answer: Any) -> list[Task]:
    capacity, service = of
    return [
        Task(
            capacity=capacity,
            service=service,
            kind=item["kind"],
            about=_about(item),
            municipality=item["municipality"] or NOWHERE,
            since=item["since"],
            due_on=item["dueOn"],
            overdue=item["overdue"],
            count=item["count"],
            link=_link(capacity, item),
        )
        for item in ([] if isinstance(answer, Missing) else answer["items"])
    ]


def _about(item: Any) -> str:
    """The sub-region of a briefing; of a case the end of its id, which tells it from other cases and tells no name."""
    if item["kind"] in BRIEFING_PAGES:
        return str(item["objectId"])
    return str(item["caseId"] or "")[-6:]


def page_of(item: Any) -> str:
    """Where it is done; empty if the desk has no page for it."""
    if where := BRIEFING_PAGES.get(item["kind"]):
        return url_for(where, sub_region=item["objectId"], on=item["dueOn"])
    if item["kind"] in LISTS:
        return url_for(LISTS[item["kind"]])
    if item["kind"] in OBJECTS:
        endpoint, name = OBJECTS[item["kind"]]
        return url_for(endpoint, **{name: item["objectId"]})
    return url_for("cases.show", case_id=item["caseId"]) if item["caseId"] else ""


def _link(capacity: Capacity, item: Any) -> str:
    """Its page. Who acts in another capacity is led over the choice of it."""
    page = page_of(item)
    return page if not page or capacity == session().capacity else url_for("house_choice.show", next=page)
