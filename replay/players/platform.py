"""How the players reach the platform: its addresses, and HTTP calls that outlive a service's crash."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

import requests

PATIENCE_SECONDS = 90.0
"""How long a player waits for the platform before the replay gives up."""
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 0.5
T = TypeVar("T")


class Platform(Protocol):
    """Where everything is; the local stack is one."""

    def http_url(self, service: str) -> str: ...

    def amqp_url(self, user: str) -> str: ...

    def admits(self, house: str, role: str) -> bool: ...

    def token(self, house: str, role: str) -> str: ...


WAITS_FOR_AN_ANSWER = "platform_not_asked"
"""The code with which a decision is refused until a municipality has said whether it takes the case itself."""


class PlayFailed(Exception):
    """The platform refused what it should accept, or did not do something in time. Names no person."""


class Desk:
    """Somebody of the house, at one service with one role."""

    def __init__(self, platform: Platform, house: str, service: str, role: str) -> None:
        self.house = house
        self._base = platform.http_url(service)
        self._session = requests.Session()
        self._token = partial(platform.token, house, role)
        self._sign_in()

    def get(self, path: str, **query: Any) -> Any:
        """The answer as JSON."""
        return self._call("GET", path, query, None)

    def list(self, path: str, **query: Any) -> Iterator[Any]:
        """Every item of a paged list."""
        while True:
            page = self.get(path, limit=500, **query)
            yield from page["items"]
            if page["next"] is None:
                return
            query["cursor"] = page["next"]

    def post(self, path: str, body: dict[str, Any], version: int | None = None) -> Any:
        """Give a command. version: of what it changes, if that must be named.

        It waits for what the command is about to arrive, and repeats it under the same key after a lost connection:
        what was carried out already is answered the same way again.
        """
        return self._call("POST", path, {}, body, key=uuid4(), version=version)

    def _sign_in(self) -> None:
        """With the token of now."""
        self._session.headers["Authorization"] = f"Bearer {self._token()}"

    def _call(
        self,
        method: str,
        path: str,
        query: dict[str, Any],
        body: Any,
        key: UUID | None = None,
        version: int | None = None,
    ) -> Any:
        wanted = {name: value for name, value in query.items() if value is not None}
        headers = {"Idempotency-Key": str(key)} if key else {}
        if version is not None:
            headers["If-Match"] = f'"{version}"'

        def attempt() -> Any:
            try:
                response = self._session.request(
                    method, self._base + path, params=wanted, headers=headers, json=body, timeout=30
                )
            except (requests.ConnectionError, requests.Timeout):
                return None
            if response.status_code == HTTPStatus.UNAUTHORIZED:  # tokens are being rotated
                self._sign_in()
                return None
            if response.status_code >= 500 or (key and response.status_code == 404):
                return None
            if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and WAITS_FOR_AN_ANSWER in response.text:
                return None
            if not response.ok:
                raise PlayFailed(f"{method} {path} was refused: {response.status_code} {response.text[:500]}")
            return response.json() if response.content else {}

        return until(attempt, f"{method} {path} to be answered")


def until(attempt: Callable[[], T | None], what: str) -> T:
    """Try until there is an answer, ever less often; raises PlayFailed when there is none in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = PAUSE_SECONDS
    while (answer := attempt()) is None:
        if time.monotonic() > deadline:
            raise PlayFailed(f"waited {PATIENCE_SECONDS:.0f} seconds for {what}")
        time.sleep(pause)
        pause = min(1.5 * pause, LONGEST_PAUSE_SECONDS)
    return answer
