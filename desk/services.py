"""Asks the services' APIs, as the person who is signed in.

    answers = services.get_all(
        {
            "agenda": Look("weighing", "/v1/agenda", {"date": "2026-11-30"}),
            "names": Look("intake", "/v1/…"),
        }
    )
    if isinstance(answers["names"], Missing): …       # in a template: {% if names is missing %}

Each answer stands for itself: a service that is down, slow or not for this person leaves a `Missing` in the place of
its data, and the page says that this part is not available.
"""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import requests
from babel.support import LazyProxy
from requests.adapters import HTTPAdapter

from desk.language import gettext
from desk.metrics import CALL_SECONDS, CALLS
from shared.observability.logs import get_logger

PATIENCE_SECONDS = 5.0
"""Of a page that looks things up. A command may take longer:"""
COMMAND_SECONDS = 15.0
CONNECT_SECONDS = 2.0
MOST_AT_ONCE = 24
NO_ANSWER, NOT_ALLOWED, NOT_FOUND, FAILED = "no_answer", "not_allowed", "not_found", "failed"
SEALED = "/v1/sealed-"
"""Calls to these paths are in no figure: how many there are would tell how much is sealed."""
REASONS = {401: NOT_ALLOWED, 403: NOT_ALLOWED, 404: NOT_FOUND}
JSON_TYPES = ("application/json", "application/problem+json")


class Missing(NamedTuple):
    """A part of a page that is not available. reason: no_answer, not_allowed, not_found or failed."""

    service: str
    reason: str


class Look(NamedTuple):
    """One look-up. house, standing_in_for: if not those that the person acts for. body: of one that asks by POST,
    because what it asks is too much for a URL, or too private.
    """

    service: str
    path: str
    params: Mapping[str, Any] = {}
    house: str | None = None
    body: Any = None
    standing_in_for: str | None = None


class Problem(NamedTuple):
    """What is wrong with a field of a command. code: for the desk to choose its own words."""

    field: str
    reason: str
    code: str

    def told(self, words: Mapping[str, LazyProxy]) -> str:
        """In the words for its code, for people; in the service's own if there are none."""
        known = words.get(self.code)
        return str(known) if known else gettext("This is not accepted: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True)
class Done:
    """A command took effect, or had done so before with the same key. version: for the next change (If-Match)."""

    data: Any
    version: int | None = None


@dataclass(frozen=True)
class Refused:
    """A command had no effect. status: 409 contradicts what is recorded, 412 somebody was faster, 422 wrong fields."""

    status: int
    problems: tuple[Problem, ...] = field(default=())


class Bearer(NamedTuple):
    """In whose name the services are asked. house: None before the person has chosen one of several.

    standing_in_for: the id of the person whose functions are used; None with the own ones.
    """

    token: str
    house: str | None
    standing_in_for: str | None
    correlation_id: UUID


class _Reply(NamedTuple):
    status: int
    data: Any
    etag: str | None

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


class Services:
    """The client. addresses: of each service by its name. bearer: gives that of the request in hand."""

    def __init__(self, addresses: Mapping[str, str], bearer: Callable[[], Bearer]) -> None:
        self._addresses = addresses
        self._bearer = bearer
        self._http = requests.Session()
        self._http.trust_env = False
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HTTPAdapter(pool_maxsize=MOST_AT_ONCE))
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="service")

    def get(self, service: str, path: str, params: Mapping[str, Any] | None = None, *, house: str | None = None) -> Any:
        """The data of one look-up, or Missing."""
        return self.get_all({"": Look(service, path, params or {}, house)})[""]

    def get_all(self, looks: Mapping[str, Look]) -> dict[str, Any]:
        """The data of each look-up, or Missing, by the same names. The services are asked at the same time."""
        bearer = self._bearer()
        asked = {name: self._threads.submit(self._look, look, bearer) for name, look in looks.items()}
        wait(asked.values(), PATIENCE_SECONDS)
        return {name: _result(answer, looks[name]) for name, answer in asked.items()}

    def post(
        self, service: str, path: str, body: Any, *, key: UUID, version: int | None = None, house: str | None = None
    ) -> Done | Refused | Missing:
        """Give a command. key: of the form, so that a form that is sent twice takes effect once.

        Missing: whether the command took effect is not known, and it can be sent again with the same key.
        """
        headers = {"Idempotency-Key": str(key)}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        command = Look(service, path, house=house, body=body)
        reply = self._ask("POST", command, self._bearer(), headers, COMMAND_SECONDS)
        if isinstance(reply, Missing):
            return reply
        return Done(reply.data, _version(reply.etag)) if reply.is_good else _refused(service, reply)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._http.close()

    def _look(self, look: Look, bearer: Bearer) -> Any:
        reply = self._ask("GET" if look.body is None else "POST", look, bearer, {}, PATIENCE_SECONDS)
        if isinstance(reply, Missing):
            return reply
        return reply.data if reply.is_good else Missing(look.service, REASONS.get(reply.status, FAILED))

    def _ask(
        self, method: str, look: Look, bearer: Bearer, headers: Mapping[str, str], patience: float
    ) -> _Reply | Missing:
        """The reply, or Missing if there is none; counted either way, unless it would be on what is sealed."""
        started = time.monotonic()
        reply: _Reply | Missing
        try:
            reply = self._reply(method, look, {**_headers(bearer, look), **headers}, patience)
            end = "answered" if reply.is_good else "refused" if 400 <= reply.status < 500 else FAILED
        except (requests.RequestException, ValueError) as error:
            get_logger().warning("a service does not answer", route=look.service, error=error)
            reply, end = Missing(look.service, NO_ANSWER), NO_ANSWER
        if not look.path.startswith(SEALED):
            CALLS.labels(look.service, end).inc()
            CALL_SECONDS.labels(look.service).observe(time.monotonic() - started)
        return reply

    def _reply(self, method: str, look: Look, headers: Mapping[str, str], patience: float) -> _Reply:
        """Raises requests.RequestException, ValueError for what is no JSON of a service."""
        response = self._http.request(
            method,
            self._addresses[look.service] + look.path,
            params=dict(look.params),
            data=None if look.body is None else orjson.dumps(look.body),
            headers={"Content-Type": "application/json", **headers} if method == "POST" else dict(headers),
            timeout=(CONNECT_SECONDS, patience),
            allow_redirects=False,
        )
        if response.content and response.headers.get("Content-Type", "").partition(";")[0] not in JSON_TYPES:
            raise ValueError("is no JSON")
        return _Reply(
            response.status_code,
            orjson.loads(response.content) if response.content else None,
            response.headers.get("ETag"),
        )


def _result(answer: "Future[Any]", look: Look) -> Any:
    """What has come by now; what has not is no longer waited for."""
    if answer.done():
        return answer.result()
    answer.cancel()
    return Missing(look.service, NO_ANSWER)


def _headers(bearer: Bearer, look: Look) -> dict[str, str]:
    acting = look if look.house else bearer
    headers = {
        "Authorization": f"Bearer {bearer.token}",
        "X-Correlation-Id": str(bearer.correlation_id),
        "House": acting.house,
        "Standing-In-For": acting.standing_in_for,
    }
    return {name: value for name, value in headers.items() if value}


def _refused(service: str, reply: _Reply) -> Refused | Missing:
    """What a person can do something about; the rest is a part that is missing."""
    if reply.status == 401 or not 400 <= reply.status < 500:
        return Missing(service, REASONS.get(reply.status, FAILED))
    told = (reply.data or {}).get("errors", ())
    return Refused(reply.status, tuple(Problem(each["field"], each["reason"], each.get("code", "")) for each in told))


def _version(etag: str | None) -> int | None:
    number = (etag or "").removeprefix("W/").strip('"')
    return int(number) if number.isdecimal() else None
