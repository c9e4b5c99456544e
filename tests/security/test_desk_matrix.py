"""Every person at every page and form of the desk. The services stand for themselves as promised_access.py has them,
which test_access_by_token.py holds against the real ones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from desk.access import session
from desk.database import Database
from desk.form_token import FIELD, FormToken
from desk.services import NOT_ALLOWED, NOT_FOUND, Done, Look, Missing, Refused
from desk.sessions.cookie import COOKIE
from desk.sessions.rules import FUNCTIONS, Capacity, Person
from desk.sessions.store import SessionStore
from desk.tests.conftest import desk_with
from desk.tests.given import HOUSE, NADIA, OTHER_HOUSE, STAND_IN, STANDS_IN, Desk, ToldServices
from shared.keys import Keys
from shared.testing.databases import Databases
from shared.testing.keys import KEYS, key_text
from tests.security.endpoints import promised
from tests.security.given_pages import results, told
from tests.security.promised_access import OF_EVERY_SERVICE, OF_PARTNERS
from tests.security.promised_pages import (
    BY_FUNCTION,
    FORMS,
    IN_ANY_CAPACITY,
    IN_PATHS,
    IN_THE_NAVIGATION,
    OF_THE_HOUSE,
    OPEN,
    SHOWN_AFTER_THE_FORM,
    WITH_A_SESSION,
)

ROUTES = (*OPEN, *WITH_A_SESSION, *BY_FUNCTION)
CLOSED = (*WITH_A_SESSION, *BY_FUNCTION)
FORMS_WITH_A_SESSION = [route for route in CLOSED if route.startswith("POST")]
SIGN_IN, CHOOSE = "/sign-in", "/house"
OF_HOUSE = r"\w+/v1/cases/|intake/v1/(held-back|(identity-conflicts|referrals|contact-moments|sealed-referrals)/)"
"""What a service knows in HOUSE alone."""
CONVERTER = re.compile(r"<[^>]*:")
KEY_OF_ANOTHER = Keys.parse(key_text(bytes([7] * 32)))


@dataclass(frozen=True)
class Visitor:
    """chosen: by the person, who has several capacities."""

    person: Person
    chosen: Capacity | None = None

    @property
    def capacity(self) -> Capacity | None:
        capacities = self.person.capacities
        return capacities[0] if len(capacities) == 1 else self.chosen

    def outcome(self, route: str) -> int | str:
        """What is to come of a request."""
        if route in OPEN:
            return OPEN[route]
        if len(self.person.capacities) > 1 and not self.chosen and route not in IN_ANY_CAPACITY:
            return CHOOSE
        if route == "POST /house" and HOUSE not in self.person.functions:
            return 404
        if route in WITH_A_SESSION:
            return WITH_A_SESSION[route]
        if self.capacity is None or self.capacity.functions.isdisjoint(BY_FUNCTION[route]):
            return 403
        if self.capacity.house != HOUSE and route in OF_THE_HOUSE:
            return 404
        return 200 if route.startswith("GET") or route in SHOWN_AFTER_THE_FORM else 303


def with_functions(functions: Mapping[str, frozenset[str]], organisation: str = HOUSE) -> Person:
    return Person("p-0001", "Els de Boer", organisation, functions)


def with_function(function: str) -> Person:
    """Of the house or, with a function of partners, of one of them."""
    return with_functions({HOUSE: frozenset({function})}, "halt" if function in OF_PARTNERS else HOUSE)


BOTH = with_functions({HOUSE: frozenset({"weighing_team"}), OTHER_HOUSE: FUNCTIONS})
VISITORS: Mapping[str, Visitor] = {
    **{function: Visitor(with_function(function)) for function in sorted(FUNCTIONS)},
    "no function": Visitor(with_functions({})),
    "every function in another house": Visitor(with_functions({OTHER_HOUSE: FUNCTIONS})),
    "two houses, none chosen": Visitor(BOTH),
    "two houses, here": Visitor(BOTH, BOTH.capacities[0]),
    "two houses, there": Visitor(BOTH, BOTH.capacities[1]),
    "may stand in": Visitor(STAND_IN),
    "stands in": Visitor(STAND_IN, STANDS_IN),
    "does not stand in": Visitor(STAND_IN, STAND_IN.capacities[0]),
}


class GuardedServices(ToldServices):
    """Let in whom the services' access.py lets in, in the house that is asked for, and tell of the cases of HOUSE."""

    def get_all(self, looks: Mapping[str, Look]) -> dict[str, Any]:
        return {name: self._look(look) for name, look in looks.items()}

    def get(self, service: str, path: str, params: Mapping[str, Any] | None = None, *, house: str | None = None) -> Any:
        return self._look(Look(service, path, params or {}, house))

    def post(self, service: str, path: str, body: Any, *, key: UUID, **options: Any) -> Done | Refused | Missing:
        if not _admits(Look(service, path, body=body)):
            return Refused(403)
        return super().post(service, path, body, key=key, **options)

    def _look(self, look: Look) -> Any:
        if not _admits(look):
            return Missing(look.service, NOT_ALLOWED)
        if re.match(OF_HOUSE, f"{look.service}{look.path}") and session().acts_for != HOUSE:
            return Missing(look.service, NOT_FOUND)
        return super().get(look.service, look.path)


def _admits(look: Look) -> bool:
    request = f"{'GET' if look.body is None else 'POST'} {look.path}"
    [roles] = [roles for each, roles in promised(look.service).items() if _is(each, request)]
    if "/v1/operations/parked-messages/" in request:  # reporting hands a step on to the service of the message
        step = f"POST /v1/parked-messages/{{id}}/{look.path.rpartition('/')[2]}"
        roles = roles & OF_EVERY_SERVICE.get(step, roles)
    asked = (look.house, look.standing_in_for)
    named = [each for each in session().person.capacities if (each.house, each.standing_in_for) == asked]
    capacity = named[0] if look.house else session().capacity
    return capacity is not None and not capacity.functions.isdisjoint(roles)


def _is(endpoint: str, request: str) -> bool:
    return re.fullmatch(re.sub(r"{\w+}", "[^/]+", endpoint), request) is not None


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[Database]:
    with databases.migrated("desk") as migrated:
        opened = Database(migrated.url)
        yield opened
        opened.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    """With services that know a briefing, a decision, a case and messages that were set aside."""
    made = desk_with(database, GuardedServices(told(), results()))
    made.execute("DELETE FROM sessions")
    return made


def as_somebody(desk: Desk, visitor: Visitor) -> None:
    """The browser has a new session of this person, who has chosen a capacity already."""
    begun = desk.sign_in(visitor.person)
    if visitor.chosen:
        with desk.database.transaction() as connection:
            SessionStore(connection, KEYS).choose(begun, visitor.chosen)


def path_of(route: str) -> str:
    rule = route.split()[1]
    return quote(re.sub(r"<(\w+)>", lambda found: IN_PATHS[found[1]], rule))


def ask(desk: Desk, route: str, person: Person, keys: Keys = KEYS, **headers: str) -> TestResponse:
    """keys: those that seal the token in the form of this person."""
    if route.startswith("GET"):
        return desk.get(path_of(route))
    form, fields = FORMS.get(route, ("", {}))
    token = FormToken.new(person.id, form, path_of(route)).sealed(keys)
    return desk.browser.post(path_of(route), data={FIELD: token, **fields}, headers=headers)


def outcome(answer: TestResponse) -> int | str:
    """The status; or where a person is sent before anything is told or done."""
    leads_to = answer.headers.get("Location", "").partition("?next=")
    return leads_to[0] if leads_to[1] else answer.status_code


def test_every_route_of_the_desk_is_in_the_table(desk: Desk) -> None:
    rules = [rule for rule in desk.app.url_map.iter_rules() if not rule.endpoint.startswith("trial.")]
    routes = {
        f"{method} {CONVERTER.sub('<', rule.rule)}"
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {" ".join(route.split()[:2]) for route in ROUTES}


@pytest.mark.parametrize("who", VISITORS)
def test_a_person_gets_the_pages_and_forms_that_were_promised(desk: Desk, who: str) -> None:
    came = {}
    for route in ROUTES:
        as_somebody(desk, VISITORS[who])
        came[route] = outcome(ask(desk, route, VISITORS[who].person))
    assert came == {route: VISITORS[who].outcome(route) for route in ROUTES}


@pytest.mark.parametrize("who", VISITORS)
def test_the_navigation_shows_just_the_pages_that_open(desk: Desk, who: str) -> None:
    as_somebody(desk, VISITORS[who])
    [navigation] = re.findall(r'<nav class="pages width".*?</nav>', desk.get("/about-me").text, re.DOTALL)
    opens = [path for path in IN_THE_NAVIGATION if desk.get(path).status_code == 200]
    assert re.findall(r'href="([^"]+)"', navigation) == opens


@pytest.mark.parametrize(
    "cookie", ["none", "made up", "of a session that ended", "idle", "what the database has", "sealed by another"]
)
def test_whoever_has_no_session_is_sent_to_sign_in(desk: Desk, cookie: str) -> None:
    desk.sign_in()
    own = desk.browser.get_cookie(COOKIE)
    assert own
    [(digest,)] = desk.execute(
        "SELECT encode(digest, 'hex') FROM sessions WHERE began_at = (SELECT max(began_at) FROM sessions)"
    )
    changes = {
        "of a session that ended": "DELETE FROM sessions",
        "idle": "UPDATE sessions SET used_at = now() - interval '31 minutes'",
        "sealed by another": "UPDATE sessions SET sealed = 'key 0009'::bytea || sealed",
    }
    if cookie in changes:
        desk.execute(changes[cookie])
    brought = {"none": "", "made up": "made-up", "what the database has": digest}.get(cookie, own.value)
    desk.browser.set_cookie(COOKIE, brought)
    assert {outcome(ask(desk, route, NADIA)) for route in CLOSED} == {SIGN_IN}
    assert desk.services.commands == []


@pytest.mark.parametrize(
    ("of", "keys", "origin", "status"),
    [
        (NADIA, KEY_OF_ANOTHER, "http://localhost", 400),
        (Person("p-0666", "M. Allory", HOUSE, {}), KEYS, "http://localhost", 403),
        (NADIA, KEYS, "http://evil.test", 403),
    ],
    ids=["of another desk", "of somebody else", "from another site"],
)
def test_a_form_that_was_not_made_for_its_sender_does_nothing(
    desk: Desk, of: Person, keys: Keys, origin: str, status: int
) -> None:
    desk.sign_in(replace(NADIA, functions={HOUSE: FUNCTIONS}))
    came = {outcome(ask(desk, route, of, keys, Origin=origin)) for route in FORMS_WITH_A_SESSION}
    assert came == {status}
    assert desk.services.commands == []
    assert desk.get("/about-me").status_code == 200
