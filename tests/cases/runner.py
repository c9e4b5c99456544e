"""Runs the steps of a case on a platform, and notes what each gave."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import requests

from deploy.local.stack import LocalStack
from replay.house import House, load_house
from replay.players.platform import Platform
from shared.messaging.envelope import TYPE_PREFIX
from tests.cases.case import BadCase, Case, Step, at, differences, filled
from tests.cases.post import BYTE_ORDER_MARK, PartnerPost

PATIENCE_SECONDS = 10.0
"""How long a look-up is repeated while what it asks for, or what the step expects, is not there."""
QUIET_SECONDS = 1.5
"""So long a partner must have been asked nothing before a case may say so."""
PURPOSE = "intake"
SPELLINGS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "hex": lambda message_id: message_id.replace("-", ""),
    "": str,
}


@dataclass(frozen=True)
class Taken:
    """One step that was taken. put: what went in, in short. gave: the outcome. wrong: how it differs from what the
    case expects."""

    step: Step
    put: str
    gave: Any
    wrong: list[str]


@dataclass
class Runner:
    """Plays the partners and people of one case."""

    platform: Platform
    case: Case
    house: House
    outcomes: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, PartnerPost] = field(default_factory=dict)

    def steps(self) -> Iterator[Taken]:
        """Take the steps one by one. Raises BadCase, PlayFailed."""
        for step in self.case.steps:
            does = filled(step.does, self.outcomes)
            kind = next((kind for kind in KINDS if kind in does), None)
            if kind is None:
                raise BadCase(f"a step is none of {', '.join(KINDS)}: {does}")
            put, gave = KINDS[kind](self, does, step)
            if step.name:
                self.outcomes[step.name] = gave
            yield Taken(step, put, gave, differences(filled(step.expect, self.outcomes), gave))

    def post(self, partner: str) -> PartnerPost:
        if partner not in self.house.partners:
            raise BadCase(f"{partner} is not a partner of {self.case.house}")
        if partner not in self.posts:
            user = f"{self.case.house}.{partner}"
            self.posts[partner] = PartnerPost(self.platform, user, self.house.partners[partner].source)
        return self.posts[partner]

    def call(self, role: str, service: str, method: str, path: str, **request: Any) -> requests.Response:
        token = self.platform.token(self.case.house, role)
        headers = {"Authorization": f"Bearer {token}", **request.pop("headers", {})}
        url = self.platform.http_url(service) + path
        return requests.request(method, url, headers=headers, timeout=30, **request)

    def get(self, role: str, service: str, path: str) -> Any:
        """The answer of a look-up once it is there; an empty object if it does not come."""
        response = repeated(lambda: self.call(role, service, "GET", path), lambda answer: answer.ok)
        return response.json() if response.ok else {}

    def referral(self, name: str) -> Any:
        """How intake registered the referral of a step's message; an empty object if it did not."""
        referral_id = at("referralId", self.outcomes.get(name, {}))
        return self.get("intake_officer", "intake", f"/v1/referrals/{referral_id}") if referral_id else {}


@contextmanager
def running(stack: LocalStack, case: Case) -> Iterator[Runner]:
    """Whoever runs the case on this stack; afterwards all connections are closed."""
    runner = Runner(stack, case, load_house(stack.installation.houses / f"{case.house}.toml"))
    try:
        yield runner
    finally:
        for post in runner.posts.values():
            post.close()


def repeated(ask: Callable[[], Any], is_there: Callable[[Any], bool], seconds: float = PATIENCE_SECONDS) -> Any:
    """The first answer that is there, or the last one when the time is over."""
    deadline = time.monotonic() + seconds
    while not is_there(answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return answer


def send_message(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    post = runner.post(does["partner"])
    message = post.envelope(does["message"], datetime.now(UTC).isoformat())
    if again := does.get("again"):
        message["id"] = runner.sent[again]["id"]
    message["id"] = SPELLINGS[does.get("id_as", "")](message["id"])
    runner.sent[step.name] = message
    document = dict(reversed(message.items())) if does.get("reversed") else message
    body = json.dumps(document, ensure_ascii=False).encode()
    answer = post.send(BYTE_ORDER_MARK + body if does.get("bom") else body, message["id"])
    told = {"type": answer["type"].removeprefix(TYPE_PREFIX), "id": message["id"], **answer["data"]}
    known = {
        "echoed": answer["data"].get("messageId") == message["id"],
        "caseId": answer.get("subject"),
        "correlationId": answer.get("correlationid"),
    }
    return f"{does['partner']} sends {does['message']['type']}", told | known


def call_service(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    method, path = does["method"], _without_house(does["path"])
    headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
    if "if_match" in does:
        headers["If-Match"] = does["if_match"]

    def ask() -> Any:
        response = runner.call(does["role"], does["service"], method, path, headers=headers, json=does.get("body"))
        said = response.json() if response.content else {}
        return {"status": response.status_code} | (said if isinstance(said, dict) else {"items": said})

    def is_there(answer: Any) -> bool:
        as_expected = bool(step.expect) and not differences(step.expect, answer)
        if method == "GET" and step.expect:
            return as_expected
        return as_expected or (answer["status"] != HTTPStatus.NOT_FOUND and answer.get("items") != [])

    return f"{does['role']} {method} {path}", repeated(ask, is_there)


def compare_subjects(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    first, second = (runner.referral(name).get("subjectId") for name in does["same_subject"])
    same = None if None in (first, second) else first == second
    return f"one subject: {' and '.join(does['same_subject'])}", {"same": same}


def look_at_subject(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    referral = runner.referral(does["known"])
    if not referral:
        return f"known of {does['known']}", {}
    path = f"/v1/subjects/{referral['subjectId']}?purpose={PURPOSE}"
    details = runner.get("intake_officer", "intake", path).get("details", {})
    seen = {key: value for key, value in details.items() if value is not None}
    registered = {key: referral[key] for key in ("receivedOn", "ageClass")}
    return f"known of {does['known']}", seen | registered


def look_at_request(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    """The information request that follows from the message of another step."""
    post, correlation_id = runner.post(does["told"]), at("correlationId", runner.outcomes[does["of"]])

    def ask() -> list[Any]:
        post.listen()
        requests = (each for each in post.heard if each["type"] == TYPE_PREFIX + "information-requests.sent.v1")
        return [each["data"] for each in requests if each.get("correlationid") == correlation_id]

    seconds = QUIET_SECONDS if step.expect.get("asked") is False else PATIENCE_SECONDS
    found = repeated(ask, bool, seconds)
    return f"{does['told']} is asked about {does['of']}", {"asked": bool(found), **(found[0] if found else {})}


def look_at_detentions(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    case_id = at("caseId", runner.outcomes.get(does["detentions"], {}))

    def ask() -> Any:
        return runner.get("aftercare_coordinator", "aftercare", f"/v1/detentions?caseId={case_id}").get("items", [])

    def is_there(found: Any) -> bool:
        return bool(found) and not differences(step.expect, found)

    runner.outcomes["detentions"] = repeated(ask, is_there) if case_id else []
    return f"detentions of {does['detentions']}", runner.outcomes["detentions"]


def look_at_missing(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    """What is missing on a day for the detentions that were looked up last."""
    overdue = runner.get("aftercare_coordinator", "aftercare", f"/v1/preparations?on={does['missing']}&limit=500")
    ids = {each["detentionId"] for each in runner.outcomes.get("detentions", ())}
    return f"missing on {does['missing']}", [each for each in overdue.get("items", ()) if each["detentionId"] in ids]


def wait(runner: Runner, does: dict[str, Any], step: Step) -> tuple[str, Any]:
    time.sleep(does["wait"])
    return f"wait {does['wait']} seconds", {}


KINDS: dict[str, Callable[[Runner, dict[str, Any], Step], tuple[str, Any]]] = {
    "partner": send_message,
    "role": call_service,
    "same_subject": compare_subjects,
    "known": look_at_subject,
    "told": look_at_request,
    "detentions": look_at_detentions,
    "missing": look_at_missing,
    "wait": wait,
}


def _without_house(path: str) -> str:
    """The path without `house=`: a caller acts for its own house, and no request names one."""
    parts = urlsplit(path)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "house"])
    return f"{parts.path}?{query}" if query else parts.path
