"""What municipalities are asked, as the services tell of it."""

from typing import Any

from desk.sessions.rules import Person
from desk.tests.given import HOUSE
from desk.tests.given_briefing import FIRST, ON, SECOND, named, subject_of

BRAM = Person("p-3301", "Bram Lindenhof", "gemeente-leiden", {HOUSE: frozenset({"municipal_contact"})})
WOUTER = Person("p-3302", "Wouter Hoekzema", HOUSE, {HOUSE: frozenset({"information_coordinator"})})
OPEN, ANSWERED = (f"718f2c3e-7a4b-7c1d-9e2f-0000000000a{each}" for each in (1, 2))
CONTRIBUTION, CONTACT = (f"718f2c3e-7a4b-7c1d-9e2f-0000000000c{each}" for each in (1, 2))
LATE = "718f2c3e-7a4b-7c1d-9e2f-0000000000e1"
PAGE, ASKING = f"/questions/{OPEN}", f"/questions/about/{FIRST}"
ANSWER = ("intake", f"/v1/information-requests/{OPEN}/answer")
SERVICES = {"work_and_income": "benefits", "housing": "housing_situation", "public_order": None}


def question(request_id: str, referral_id: str, **differently: Any) -> dict[str, Any]:
    """differently: of the request itself, or of what it is about."""
    request = {
        "requestId": request_id,
        "partner": "gemeente-leiden",
        "asked": [{"service": service, "question": question} for service, question in SERVICES.items()],
        "askedOn": "2026-11-17",
        "askedBy": None,
        "answerBy": "2026-11-23",
        "remindedOn": None,
        "voidOn": None,
        "answeredOn": None,
        "involved": None,
        "services": [],
        "contactId": None,
        "late": False,
        "supplements": [],
    }
    about = {
        "overdue": False,
        "toCall": False,
        "referralId": referral_id,
        "caseId": "8" + referral_id[1:],
        "subjectId": subject_of(referral_id),
        "kind": "arrest_notice",
        "receivedOn": "2026-11-17",
        "municipality": "Leiden",
        "subRegion": "Holland Rijnland",
        "briefingOn": ON,
        **dict.fromkeys(("decidedOn", "decision", "reason", "comesBackOn", "reroutedTo")),
    }
    request |= {name: value for name, value in differently.items() if name in request}
    about |= {name: value for name, value in differently.items() if name in about}
    return {"request": request, **about}


DONE = question(
    ANSWERED,
    SECOND,
    answeredOn="2026-11-20",
    involved=["housing"],
    services=[
        {"service": "housing", "answer": "known", "ground": None, "contributionId": CONTRIBUTION},
        {"service": "public_order", "answer": "may_not_share", "ground": "no_consent", "contributionId": None},
    ],
    contactId=CONTACT,
    decision="bilateral",
    decidedOn=ON,
    briefingOn=None,
)


def contribution(id: str, text: str) -> dict[str, Any]:
    versions = [{"text": text, "writtenAt": "2026-11-20T08:30:00Z"}]
    return {"contributionId": id, "kind": "answer", "organisation": "gemeente-leiden", "versions": versions}


def told_late(*told: dict[str, Any]) -> dict[str, Any]:
    """After the decision. told: how each is otherwise than unread."""
    usual = {"informationId": LATE, "toldOn": "2026-11-27", "guard": None, "endedOn": None, "readBy": None}
    return {"items": [usual | each for each in told]}


def answers() -> dict[tuple[str, str], Any]:
    """One question is open, one is answered. The same list stands for open and for closed ones."""
    asked = question(OPEN, FIRST, overdue=True)
    given = {"requestId": ANSWERED, "answeredOn": "2026-11-20", "recordedBy": "Nadia Ouarraki", "onBehalf": False}
    texts = (contribution(CONTRIBUTION, "Heeft een huurachterstand."), contribution(CONTACT, "Nadia, 0715 165 165"))
    return {
        ("weighing", "/v1/information-requests"): {"items": [asked, DONE]},
        ("weighing", f"/v1/information-requests/{OPEN}"): asked,
        ("weighing", f"/v1/information-requests/{ANSWERED}"): DONE,
        **{("weighing", f"/v1/information-requests/{id}/late-information"): told_late() for id in (OPEN, ANSWERED)},
        ("intake", "/v1/information-requests/answers"): {"items": [{**given, "recordedAt": "2026-11-20T08:31:00Z"}]},
        ("intake", "/v1/subjects/names"): named(FIRST, SECOND),
        ("intake", "/v1/contributions"): {"items": list(texts)},
    }
