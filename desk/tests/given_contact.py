"""Contact moments, as intake tells of them."""

from typing import Any

MOMENT, OTHER = (f"018f2c3e-7a4b-7c1d-9e2f-0000000000{each}" for each in ("a1", "a2"))
PATH = f"/v1/contact-moments/{MOMENT}"
LIST, LIKE = ("intake", "/v1/contact-moments"), ("intake", "/v1/subjects/like")
PAGE = f"/contact-moments/{MOMENT}"
HELD = ("intake", "/v1/held-back")
REFERRAL = ("intake", f"/v1/referrals/{OTHER}")
CONFLICT = ("intake", f"/v1/identity-conflicts/{MOMENT}")
CONFLICT_PAGE = f"/identity-conflicts/{MOMENT}"


def line(id: str = MOMENT, **differently: Any) -> dict[str, Any]:
    return {
        "contactMomentId": id,
        "state": "received",
        "channel": "phone",
        "toldOn": "2026-11-30",
        "organisation": "Wijkteam Noord",
        "urgent": True,
        "sortedAs": None,
        "answerDueOn": None,
        "overdue": False,
        "recordedBy": "Ilse de Jong",
        "recordedAt": "2026-11-30T09:05:00Z",
        "likelyDuplicates": [OTHER],
        **differently,
    }


def telling(**differently: Any) -> dict[str, Any]:
    return {
        "channel": "phone",
        "toldOn": None,
        "text": "Hij slaapt sinds een week in zijn auto.",
        "partner": None,
        "outside": {
            "organisation": "Wijkteam Noord",
            "function": "maatschappelijk werker",
            "name": "Els Bos",
            "phone": "06-12345678",
        },
        "about": {
            "kind": "person",
            "municipality": "Leiden",
            "bsn": None,
            "familyName": "Jansen",
            "givenNames": "Piet",
            "birthDate": "1990-05",
        },
        "consent": "yes",
        "withoutConsent": None,
        "urgent": True,
        **dict.fromkeys(("urgentBecause", "organisations", "measures", "risks")),
        **differently,
    }


def moment(**differently: Any) -> dict[str, Any]:
    return {
        "contactMomentId": MOMENT,
        "version": 1,
        "state": "received",
        "sortedAs": None,
        "destination": None,
        "referralId": None,
        "referralKind": None,
        "duplicateOf": None,
        "telling": telling(),
        "recordedBy": "Ilse de Jong",
        "recordedAt": "2026-11-30T09:05:00Z",
        "likelyDuplicates": [OTHER],
        "earlier": [],
        "answerDueOn": None,
        "answers": [],
        **differently,
    }


def question(**differently: Any) -> dict[str, Any]:
    """A call that somebody is to answer."""
    return moment(**{"state": "sorted", "sortedAs": "information_question", "answerDueOn": "2026-12-02", **differently})


def answered() -> dict[str, Any]:
    """A question whose answer was corrected."""
    given = {"toldOn": "2026-11-30", "recordedBy": "Ilse de Jong", "recordedAt": "2026-11-30T10:05:00Z"}
    right = {**given, "answer": "De wijkagent kent hem.", "because": "Het was zijn broer."}
    return question(state="answered", answerDueOn=None, answers=[right, {**given, "answer": "Nee.", "because": None}])


def moment_of_family() -> dict[str, Any]:
    """A call about a family with a member."""
    els = {"familyName": "Bos", "givenNames": "Els", "birthDate": "1960-02", "municipality": None, "bsn": None}
    about = {"kind": "family", "familyName": "Jansen", "municipality": "Leiden"}
    return moment(telling=telling(about=about, members=[els]))


def besides() -> dict[str, Any]:
    """What a caller tells besides the concern."""
    measure = {"kind": "area_ban", "startedOn": "2026-11-02", "endsOn": "2026-12-31"}
    return {"organisations": ["school"], "measures": [measure], "risks": "Heeft een mes bij zich."}


def kept(**differently: Any) -> dict[str, Any]:
    return {"contactMomentId": MOMENT, "version": 2, "state": "sorted", "referralId": None, **differently}


def known(**details: Any) -> dict[str, Any]:
    told = {
        "kind": "person",
        "municipality": "Leiden",
        "givenNames": "Piet",
        "familyName": "Jansen",
        "birthDate": "1990-05-12",
    }
    return {"subjectId": OTHER, "caseId": OTHER, "details": {**told, **details}}


def held(**differently: Any) -> dict[str, Any]:
    return {
        "referralId": OTHER,
        "contributionIds": [OTHER, MOMENT],
        "caseId": MOMENT,
        "subjectId": OTHER,
        "kind": "arrest_notice",
        "referrer": "nationale-politie",
        "receivedOn": "2026-11-29",
        "municipality": "Katwijk",
        "since": "2026-11-29T09:05:00Z",
        "worrying": None,
        "decidedBy": None,
        "decidedAt": None,
        "version": 1,
        **differently,
    }


def answers() -> dict[tuple[str, str], Any]:
    return {
        LIST: {
            "waiting": [line(), line(OTHER)],
            "toAnswer": [],
            "settled": [line(OTHER, state="sorted", sortedAs="rerouted")],
        },
        ("intake", PATH): moment(),
        REFERRAL: {
            "referralId": OTHER,
            "caseId": MOMENT,
            "kind": "arrest_notice",
            "receivedOn": "2026-11-17",
            "referrer": "nationale-politie",
            "withdrawnOn": None,
        },
        HELD: {"waiting": [held()], "notWorrying": []},
        LIKE: {"alike": [known()]},
        CONFLICT: {
            "referralId": MOMENT,
            "told": known(givenNames="Sofie", birthDate="2004-10-11", sex="woman")["details"],
            "known": [known()],
        },
    }
