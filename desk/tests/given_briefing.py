"""A briefing of Holland Rijnland, as the services tell of it."""

from typing import Any

ON = "2026-11-24"
BOARD = f"/briefings/Holland%20Rijnland/{ON}"
DECISIONS = f"/v1/briefings/{ON}/decisions"
FIRST, SECOND, THIRD = (f"018f2c3e-7a4b-7c1d-9e2f-00000000000{each}" for each in (1, 2, 3))
ALL = ["focus", "top60", "aftercare", "bilateral", "voluntary_trajectory", "escalate", "no_follow_up"]
NAMES = {FIRST: ("Şükran", "Yılmaz-van den Heuvel"), SECOND: ("Pieter", "de Groot"), THIRD: ("", "Zwartenberg")}


def subject_of(referral_id: str) -> str:
    return "9" + referral_id[1:]


def referral(referral_id: str, **differently: Any) -> dict[str, Any]:
    """On the agenda."""
    return {
        "referralId": referral_id,
        "caseId": "8" + referral_id[1:],
        "subjectId": subject_of(referral_id),
        "kind": "arrest_notice",
        "referrer": "nationale-politie",
        "receivedOn": "2026-11-17",
        "municipality": "Leiden",
        "subRegion": "Holland Rijnland",
        "ageClass": "23_and_over",
        "family": False,
        "possibleDecisions": ALL,
        "tabling": 1,
        "tableOn": ON,
        "informationRequests": [asked()],
        "earlierDecisions": [],
        "decisionsTakenBack": [],
        "followUps": [],
        "guards": [],
        "suspectSince": None,
        "stated": None,
        **differently,
    }


def guard(**differently: Any) -> dict[str, Any]:
    return {
        "code": "local_approach",
        "effect": "ask_first",
        "check": "running_there",
        "saidBefore": None,
        "destination": None,
        "overridden": False,
        "because": None,
        "overriddenBy": None,
        "overriddenAt": None,
        **differently,
    }


def service_answer(service: str, answer: str = "known", **differently: Any) -> dict[str, Any]:
    return {"service": service, "answer": answer, "ground": None, "contributionId": None, **differently}


def asked(**differently: Any) -> dict[str, Any]:
    return {
        "requestId": "718f2c3e-7a4b-7c1d-9e2f-000000000001",
        "partner": "gemeente-leiden",
        "answerBy": "2026-11-23",
        "voidOn": None,
        "answeredOn": None,
        "involved": None,
        "services": [service_answer(each) for each in differently.get("involved") or ()],
        "contactId": None,
        "late": False,
        **differently,
    }


def decision(referral_id: str, **differently: Any) -> dict[str, Any]:
    return {
        "referralId": referral_id,
        "tabling": 1,
        "briefingOn": ON,
        "decision": "bilateral",
        "reason": None,
        "comesBackOn": None,
        "reroutedTo": None,
        "escalatedTo": None,
        "opensTable": None,
        "attendees": ["nationale-politie", "openbaar-ministerie"],
        "criteria": [],
        "criteriaMet": False,
        "criteriaNotMet": [],
        "criteriaUnknown": [],
        "clientAtTable": None,
        "motive": None,
        "legalGround": "covenant",
        "informationUsed": [],
        "followUps": [],
        "recordedBy": "Marijke Visser",
        "recordedAt": f"{ON}T09:05:00Z",
        **differently,
    }


def decided(referral_id: str, **differently: Any) -> dict[str, Any]:
    """Of the list of decisions of the briefing."""
    kept = ("caseId", "subjectId", "kind", "referrer", "receivedOn", "municipality", "ageClass", "family")
    about = {name: value for name, value in referral(referral_id).items() if name in kept}
    return {**about, "decision": decision(referral_id, **differently), "decisionsTakenBack": []}


def taken_back(referral_id: str, *, withdrawn: bool = False, **differently: Any) -> dict[str, Any]:
    return {
        "decision": decision(referral_id, **differently),
        "withdrawn": withdrawn,
        "because": "Op de verkeerde melding vastgelegd.",
        "takenBackBy": "Joris de Wit",
        "takenBackAt": f"{ON}T10:15:00Z",
    }


def page_of(*items: Any) -> dict[str, Any]:
    return {"items": list(items), "next": None}


def named(*referral_ids: str) -> dict[str, Any]:
    """What intake tells of the subjects of these referrals, for a briefing."""
    return {
        "items": [
            {
                "subjectId": subject_of(id),
                "caseId": "8" + id[1:],
                "details": {"kind": "person", "givenNames": NAMES[id][0] or None, "familyName": NAMES[id][1]},
            }
            for id in referral_ids
        ]
    }


def running(state: str = "planned", *items: Any, **differently: Any) -> dict[str, Any]:
    """The briefing itself. items: of its fixed agenda."""
    return {
        **{"on": ON, "byWeekday": ON, "state": state, "waiting": 2, "partners": [], "subRegion": "Holland Rijnland"},
        **{"items": list(items), "changes": [], **differently},
    }


def item(referral_id: str, number: int, progress: str = "waiting") -> dict[str, Any]:
    """On the fixed agenda."""
    about = {"referralId": referral_id, "caseId": "8" + referral_id[1:], "subjectId": subject_of(referral_id)}
    return {**about, "number": number, "progress": progress, "partners": ["nationale-politie"], "lacksFollowUp": False}


def mark(referral_id: str, **noted: Any) -> dict[str, Any]:
    nothing = {"urgent": False, "linkedWith": [], "settledBeforehand": None}
    return {"referralId": referral_id, **nothing, **noted}


def seat(partner: str | None, name: str, **differently: Any) -> dict[str, Any]:
    seated = {"partner": partner, "name": name, "guest": False, "chair": False, "nonDisclosureOn": None}
    return {**seated, "fromItem": 1, "toItem": None, "person": None, **differently}


def written(referral_id: str, *texts: str, kind: str = "offence") -> dict[str, Any]:
    """What came with a referral, in each of its versions."""
    versions = [{"text": text, "writtenAt": f"2026-11-{17 + day}T08:30:00Z"} for day, text in enumerate(texts)]
    about = {"contributionId": referral_id, "caseId": "8" + referral_id[1:], "organisation": "nationale-politie"}
    return {**about, "kind": kind, "versions": versions}


def answers(*waiting: Any, done: Any = ()) -> dict[tuple[str, str], Any]:
    """Of the services, about this briefing."""
    ids = [each["referralId"] for each in waiting] + [each["decision"]["referralId"] for each in done]
    return {
        ("weighing", "/v1/agenda"): page_of(*waiting),
        ("weighing", DECISIONS): page_of(*done),
        ("intake", "/v1/subjects/names"): named(*ids),
        ("intake", "/v1/contributions"): {"items": [written(id, "Winkeldiefstal met geweld") for id in ids]},
        ("weighing", "/v1/briefings"): {
            "items": [{"on": ON, "byWeekday": ON, "state": "planned", "waiting": len(waiting), "partners": []}],
            "past": [{"on": "2015-03-03", "decided": 4, "state": "settled"}],
        },
        ("weighing", f"/v1/briefings/{ON}"): running(),
        ("weighing", "/v1/marks"): {"items": []},
        ("meetings", "/v1/running-table-cases"): {"items": []},
        ("weighing", f"/v1/briefings/{ON}/seats"): {"version": 0, "seats": [], "quorum": False},
    }
