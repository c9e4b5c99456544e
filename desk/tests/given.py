"""A desk in the tests' own process, with a browser, a person who is signed in, and services that answer as told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from desk.application import bearer
from desk.database import Database
from desk.form_token import FIELD
from desk.services import Done, Look, Missing, Refused
from desk.sessions.cookie import COOKIE
from desk.sessions.rules import Capacity, Person, Session, Tokens
from desk.sessions.store import SessionStore
from desk.settings import DeskSettings
from shared.business_dates import today
from shared.testing.keys import KEYS

HOUSE, OTHER_HOUSE = "hollands-midden", "midden-land"
NADIA = Person("p-7f3a", "Nadia Bakker", HOUSE, {HOUSE: frozenset({"weighing_team"})})
IN_TWO_HOUSES = Person(
    "p-91c0",
    "Joris de Wit",
    HOUSE,
    {HOUSE: frozenset({"weighing_team"}), OTHER_HOUSE: frozenset({"reader"})},
)
STANDS_IN = Capacity(HOUSE, frozenset({"weighing_team"}), "p-absent", today() + timedelta(days=1))
STAND_IN = Person("p-55aa", "Anouk Smit", HOUSE, {HOUSE: frozenset({"parking_officer"})}, (STANDS_IN,))
SERVICES = ("intake", "weighing", "meetings", "aftercare", "reporting")
NOBODY_LISTENS = "http://127.0.0.1:1"


def settings_of(database_url: str, **particular: Any) -> DeskSettings:
    common: dict[str, Any] = {
        "url": "http://localhost",
        "database_url": database_url,
        "session_key": KEYS,
        "issuer": "http://identity.test",
        "client_secret": "secret",
        **dict.fromkeys(SERVICES, NOBODY_LISTENS),
    }
    return DeskSettings(**common | particular)


def tokens(**particular: Any) -> Tokens:
    common: dict[str, Any] = {"access": "access", "refresh": "refresh"}
    expires_at = datetime.now(UTC) + timedelta(minutes=10)
    return Tokens(**common | {"expires_at": expires_at} | particular)


@dataclass
class ToldServices:
    """In the place of `desk.services.Services`. answers: by service and path; anything else has no answer.

    results: likewise, of commands whose path is that of a look-up. commands: with the key and version of each.
    bodies: of look-ups that have one.
    """

    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    results: dict[tuple[str, str], Done | Refused | Missing] = field(default_factory=dict)
    commands: list[tuple[str, str, Any, UUID, int | None]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)

    def get(self, service: str, path: str, params: Mapping[str, Any] | None = None, *, house: str | None = None) -> Any:
        return self.answers.get((service, path), Missing(service, "no_answer"))

    def get_all(self, looks: Mapping[str, Look]) -> dict[str, Any]:
        self.bodies += [look.body for look in looks.values() if look.body]
        return {name: self.get(*look[:3]) for name, look in looks.items()}

    def post(
        self, service: str, path: str, body: Any, *, key: UUID, version: int | None = None, house: str | None = None
    ) -> Done | Refused | Missing:
        bearer()
        self.commands.append((service, path, body, key, version))
        answer: Done | Refused | Missing = self.answers.get((service, path), Missing(service, "no_answer"))
        return self.results.get((service, path), answer)


@dataclass(frozen=True)
class Desk:
    """The desk and one browser."""

    app: Flask
    database: Database
    services: ToldServices
    provider: Any
    browser: FlaskClient

    def sign_in(self, person: Person = NADIA, **of_tokens: Any) -> Session:
        """The browser has a session of this person from now on."""
        with self.database.transaction() as connection:
            cookie, session = SessionStore(connection, KEYS).begin(person, tokens(**of_tokens), "at-provider")
        self.browser.set_cookie(COOKIE, cookie)
        return session

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.browser.get(path, **options)

    @property
    def state(self) -> dict[str, Any]:
        """For a real browser: what this one has, as Playwright's `storage_state`."""
        cookie = self.browser.get_cookie(COOKIE)
        value = cookie.value if cookie else ""
        kept = {"domain": "127.0.0.1", "path": "/", "expires": -1, "httpOnly": True, "secure": True, "sameSite": "Lax"}
        return {"cookies": [{"name": COOKIE, "value": value, **kept}], "origins": []}

    def another_browser(self) -> "Desk":
        return replace(self, browser=self.app.test_client())

    def send(self, page: str, path: str, /, **fields: Any) -> TestResponse:
        """Open the page, and send the form on it that goes to this path."""
        return self.post_form(self.get(page).text, path, **fields)

    def post_form(self, text: str, path: str, /, **fields: Any) -> TestResponse:
        """Send the form that goes to this path on a page that is open."""
        return self.browser.post(path, data={FIELD: form_token_in(text, path), **fields})

    def execute(self, statement: str, *parameters: Any) -> list[Any]:
        with self.database.transaction() as connection:
            cursor = connection.execute(statement.encode(), parameters)
            return cursor.fetchall() if cursor.description else []


def form_token_in(page: str, path: str) -> str:
    """The token in the form that goes to this path."""
    form = re.search(rf'<form[^>]*action="{re.escape(path)}".*?</form>', page, re.DOTALL)
    assert form, page
    [token] = re.findall(rf'name="{FIELD}"[^>]* value="([^"]+)"', form[0])
    return str(token)
