"""What reporting tells in the tests of Beheer: a platform on which not all is well."""

from typing import Any

from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk

JORIS = Person("p-0c11", "Joris de Wit", HOUSE, {HOUSE: frozenset({"operator"})})
REPORTING = "reporting"
ENTRY = {
    "alert": "PartnerDoesNotFetch",
    "severity": "today",
    "title": "halt (hollands-midden) haalt berichten niet op: het oudste wacht 1 d 2 u",
    "meaning": "De partner haalt ze niet of veel te langzaam op. Verder houdt dit niets op.",
    "remedy": "Neem contact op met de partner; zie docs/partners.md voor wat die moet doen.",
}
DOWN = {
    "alert": "ProcessDown",
    "severity": "now",
    "title": "meetings-relay antwoordt niet",
    "meaning": "Al een minuut geen antwoord. Wat voor meetings binnenkomt of weg moet, wacht; er gaat niets verloren.",
    "remedy": "Kijk in het logboek van het proces en start het opnieuw.",
}


def service(name: str, **particular: Any) -> dict[str, Any]:
    told = {
        "name": name,
        "up": True,
        "relayUp": True,
        "cameIn": 120_345,
        "wentOut": 98_000,
        "waits": 0,
        "outboxWaits": 0,
        "parked": 0,
        "postponed": 0,
        "oldestSeconds": 0.0,
        "perSecond": 12.5,
    }
    return told | particular


def queue(name: str, group: str, **particular: Any) -> dict[str, Any]:
    told = {"name": name, "group": group, "cameIn": 1200, "wentOut": 1150, "waits": 50, "parked": 0, "postponed": 0}
    return {**told, "oldestSeconds": 93_784.0, **particular}


def problem(entry: dict[str, str], about: str, concern: str) -> dict[str, Any]:
    return {"concern": concern, "about": about, "since": "2026-03-02T08:05:00Z", "amount": 1.0, "manual": entry}


NOW: dict[str, Any] = {
    "at": "2026-03-02T10:15:30Z",
    "throughput": [[1_772_446_500.0 + 2 * tick, 10.0 + tick % 5, 3.5] for tick in range(15)],
    "problems": [
        problem(DOWN, "meetings", "relay_down"),
        problem(ENTRY, "partner.hollands-midden.halt.out", "partner_does_not_fetch"),
    ],
    "services": [service("intake", waits=7, oldestSeconds=95.0), service("meetings", relayUp=False, parked=3)],
    "queues": [
        queue("intake", "service"),
        queue("intake.from.hollands-midden.gemeente-alphen-aan-den-rijn", "from_partner", waits=0),
        queue("partner.hollands-midden.halt.out", "to_partner"),
    ],
    "desk": {"up": True, "asked": 1204, "failing": 0.0125},
    "upkeep": {
        "disks": [{"address": "10.0.0.7:15692", "freeBytes": 41_300_000_000, "leastBytes": 2_000_000_000}],
        "certificate": {"process": "intake-relay", "endsAt": "2026-03-20T09:00:00Z"},
        "backups": [
            {"service": "intake", "madeAt": "2026-03-02T01:04:00Z"},
            {"service": "weighing", "madeAt": "2026-02-26T01:04:00Z"},
            {"service": "desk", "madeAt": None},
        ],
    },
}
HOUR = [round(3 + minute % 7 / 2, 2) for minute in range(59)]
PAST: dict[str, Any] = {
    "span": "hour",
    "moments": [1_772_442_000 + 60 * minute for minute in range(60)],
    "services": [
        {
            "name": name,
            "messages": 12_345,
            "messagesWeekBefore": 11_001,
            "rates": [*HOUR, None],
            "ratesWeekBefore": [None, *reversed(HOUR)],
        }
        for name in ("intake", "meetings")
    ],
}


def group(reason: str, **particular: Any) -> dict[str, Any]:
    told = {
        "service": "intake",
        "house": HOUSE,
        "sender": f"{HOUSE}.gemeente-alphen-aan-den-rijn",
        "kind": "unexpected",
        "reason": reason,
        "messages": 1234,
        "newestAt": "2026-03-02T10:10:00Z",
        "newest": 4711,
    }
    return told | particular


WAITING: dict[str, Any] = {
    "items": [group("unexpected_error"), group("unknown_detention", kind="exhausted", sender="services", newest=12)],
    "messages": 1237,
    "groups": 2,
    "silent": ["weighing"],
    "next": 2,
}
MESSAGE = {
    "id": 4711,
    "parkedAt": "2026-03-02T10:10:00Z",
    "kind": "unexpected",
    "queue": "intake.from.hollands-midden.halt",
    "sender": f"{HOUSE}.halt",
    "house": HOUSE,
    "reason": "unexpected_error",
    "answered": False,
    "messageId": "01a22993-178d-7329-a776-954e00c7886d",
    "problems": [{"field": "data.tabling", "reason": "Must be a whole number.", "code": "not_an_integer"}],
    "problemCount": 3,
    "size": 812,
    "structure": {"data": {"tabling": "text of 5", "days": ["number of 4", "truth value", None, "2500 more"]}},
    "unreadable": None,
    "history": [{"what": "replayed", "who": "Joris de Wit", "why": "om te proberen", "at": "2026-03-02T10:12:00Z"}],
    "mayOpen": True,
}
PROCESSES = [
    {
        "name": "intake",
        "address": "10.0.0.4:8000",
        "kind": "worker",
        "service": "intake",
        "answers": True,
        "ready": False,
        "problems": ["the database does not answer"],
        "restart": "wait",
        "restartWhy": "database_first",
    },
    {
        "name": "meetings-relay",
        "address": "10.0.0.5:8000",
        "kind": "relay",
        "service": "meetings",
        "answers": False,
        "ready": False,
        "problems": [],
        "restart": "yes",
        "restartWhy": "does_not_answer",
    },
    {
        "name": "desk",
        "address": "10.0.0.6:8000",
        "kind": "desk",
        "service": "desk",
        "answers": True,
        "ready": True,
        "problems": [],
        "restart": "yes",
        "restartWhy": "no_pages",
    },
]
PARTNERS = [
    {
        "house": HOUSE,
        "partner": "halt",
        "received": 1204,
        "refused": 3,
        "sent": 56,
        "lastReceivedAt": "2026-03-02T10:10:00Z",
        "lastSentAt": None,
    }
]
PROBLEMS = {
    "items": [
        {"id": "01a22993-178d-7329-a776-954e00c7886d", "until": None, **problem(ENTRY, "partner.x.y.out", "parked")},
        {
            "id": "01a22993-178d-7329-a776-954e00c7886e",
            "until": "2026-03-02T09:00:00Z",
            **problem(DOWN, "meetings", "relay_down"),
        },
    ],
    "next": "01a22993-178d-7329-a776-954e00c7886e",
}
ANSWERS = {
    "": NOW,
    "/throughput": PAST,
    "/parked-message-groups": WAITING,
    "/parked-messages/intake": {"items": [MESSAGE], "next": 4711},
    "/parked-messages/intake/4711": MESSAGE,
    "/processes": PROCESSES,
    "/partner-days": PARTNERS,
    "/problems": PROBLEMS,
    "/manual": [ENTRY, DOWN],
}


def signed_in(desk: Desk) -> Desk:
    """An operator, whose platform is this one."""
    desk.sign_in(JORIS)
    desk.services.answers |= {(REPORTING, f"/v1/operations{path}"): told for path, told in ANSWERS.items()}
    return desk
