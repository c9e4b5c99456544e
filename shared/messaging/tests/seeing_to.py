"""Who sees to parked messages in tests: at the command line, and over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import requests

from shared.configuration import ServiceSettings
from shared.messaging import Delivery, Reader, UnitOfWork
from shared.messaging.brake import Brake
from shared.messaging.parking import main
from shared.messaging.sealing import Sealer
from shared.messaging.taking import Taker
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place
from shared.testing.keys import KEY_TEXT
from shared.testing.waiting import wait_until

BY = ("--who", "K. de Boer", "--why", "agreed with the sender")


CALLERS = {
    "operator": {"house": "another-house", "roles": ["operator"]},
    "officer": {"house": "test-house", "roles": ["parking_officer"]},
    "officer-elsewhere": {"house": "another-house", "roles": ["parking_officer"]},
    "officer-and-operator": {"house": "test-house", "roles": ["parking_officer", "operator"]},
    "reader": {"house": "test-house", "roles": ["reader"]},
}
WHY = {"why": "agreed with the sender"}


class Operator:
    """Runs commands. output: the text printed by the last command."""

    def __init__(self, place: Place, settings: ServiceSettings, capture: pytest.CaptureFixture[bytes]) -> None:
        self.environment = {"DATABASE_URL": place.database_url, "MESSAGE_KEY": KEY_TEXT}
        self.output = self.complaint = ""
        self._place = place
        self._capture = capture

    def command(self, *arguments: object) -> int:
        self._capture.readouterr()
        try:
            status = main(["ledger", *map(str, arguments)], self.environment)
        except SystemExit as ended:
            status = int(str(ended.code))
        captured = self._capture.readouterr()
        self.output, self.complaint = captured.out.decode(), captured.err.decode()
        return status

    def parked(self) -> list[int]:
        return [row[0] for row in self._place.query("SELECT id FROM parked ORDER BY id")]

    def wait_for_parked(self) -> int:
        """Wait for a parked message; returns its number."""
        assert wait_until(lambda: len(self.parked()) == 1, 10)
        return self.parked()[0]

    def log(self) -> list[tuple[Any, ...]]:
        return self._place.query("SELECT what, message_id, who, why FROM parking_log ORDER BY id")


@dataclass(frozen=True)
class Desk:
    """Sends requests; a caller's token is its name."""

    url: str
    place: Place
    sealer: Sealer

    def get(self, path: str = "", caller: str = "operator", **query: Any) -> requests.Response:
        return self._request("GET", path, caller, params=query)

    def post(self, path: str, content: Any = WHY, caller: str = "operator") -> requests.Response:
        return self._request("POST", path, caller, json=content)

    def groups(self, caller: str = "operator", state: str = "waiting") -> Any:
        return self._request("GET", "-groups", caller, f"{self.url}/v1/parked-message").json()[state]

    def step(self, step: str, group: Mapping[str, Any], caller: str = "operator", **more: Any) -> requests.Response:
        """Take a step with a group as it was listed."""
        named = {name: group[name] for name in ("house", "sender", "kind", "reason", "newest")}
        content = WHY | {"state": "waiting"} | named | more
        return self._request("POST", f"-groups/{step}", caller, f"{self.url}/v1/parked-message", json=content)

    def _request(self, method: str, path: str, caller: str, base: str = "", **content: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {caller}", "Connection": "close"}
        url = f"{base or f'{self.url}/v1/parked-messages'}{path}"
        return requests.request(method, url, headers=headers, timeout=10, **content)

    def park(self, content: bytes, user_id: str | None = None, reader: Reader | None = None) -> int:
        """Park a message; returns its number."""
        delivery = Delivery(queue=self.place.name, body=content, user_id=user_id)
        with psycopg.connect(self.place.database_url, autocommit=True) as connection:
            self._taker(reader or Reader(ledger.ROUTES)).take(connection, [delivery], Brake())
        return int(self.place.query("SELECT max(id) FROM parked")[0][0])

    def take_replayed(self) -> int:
        """Take replayed messages, like a worker; returns the number of done messages."""
        with psycopg.connect(self.place.database_url, autocommit=True) as connection:
            tally = self._taker(Reader(ledger.ROUTES)).take_postponed(connection, [self.place.name])
        return tally[self.place.name, "done"]

    def _taker(self, reader: Reader) -> Taker:
        return Taker(reader, self.sealer, self._unit)

    def _unit(self, connection: Any, correlation_id: Any) -> UnitOfWork:
        publishing = ledger.publishing(self.sealer)
        return UnitOfWork(connection=connection, publishing=publishing, correlation_id=correlation_id)

    def log(self) -> list[tuple[Any, ...]]:
        return self.place.query("SELECT what, who, why FROM parking_log ORDER BY id")
