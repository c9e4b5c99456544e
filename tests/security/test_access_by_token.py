"""Every endpoint of every service, asked with access tokens of an identity provider.

Persons and programs, each function, the own house and another, organisations that a profile knows and others, and
tokens that are worth nothing. Nothing is stored, so that what is admitted finds nothing.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.credentials import ROLES
from desk.sessions.rules import FUNCTIONS
from docs.declared import SERVICES, service_class
from shared.business_dates import today
from shared.configuration import ServiceSettings
from shared.testing.issuer import PERSON, PROGRAM, Issuer
from shared.testing.service import RunningService, ServiceStarter
from tests.security.endpoints import SETTINGS, UNADMITTED, path_of, promised
from tests.security.promised_access import ANYBODY, OF_PARTNERS
from tests.security.two_houses import NEIGHBOUR, SHIPPED, neighbours_whole_profile

HOUSE, ELSEWHERE, UNKNOWN = "hollands-midden", NEIGHBOUR, "nobodys"
OF_BOTH = "halt"
WITHOUT_ACCESS = sorted(FUNCTIONS.difference(ROLES, OF_PARTNERS))
CALLERS = {"nobody": {"house": HOUSE, "roles": ROLES}}
KINDS = pytest.mark.parametrize("kind", [PERSON, PROGRAM], ids=["person", "program"])


@dataclass(frozen=True)
class Asking:
    """Asks the endpoints of a service for nothing that exists. closed: the roles of those that are not for anybody;
    for_partners: those of them that are for no role of the house.
    """

    service: RunningService
    issuer: Issuer
    closed: Mapping[str, set[str]]
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def for_partners(self) -> set[str]:
        return {each for each, roles in self.closed.items() if roles.isdisjoint(ROLES)}

    def statuses(self, token: str, house: str | None = None, standing_in_for: str | None = None) -> dict[str, int]:
        """The status of each endpoint that is not for anybody."""
        headers = {"Authorization": f"Bearer {token}"} | ({"House": house} if house else {})
        headers |= {"Standing-In-For": standing_in_for} if standing_in_for else {}
        return {each: self._status(each, headers) for each in self.closed}

    def _status(self, each: str, headers: Mapping[str, str]) -> int:
        method, url = each.split()[0], f"http://{self.service.address}{path_of(each)}"
        body: dict[str, str] | None = {} if method == "POST" else None
        return self.session.request(method, url, headers=headers, json=body, timeout=10).status_code


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profiles of both houses, with which every service starts."""
    directory = shutil.copytree(SHIPPED, tmp_path_factory.mktemp("profiles") / "houses")
    (directory / f"{ELSEWHERE}.toml").write_text(neighbours_whole_profile())
    return directory


@pytest.fixture(scope="module", params=SERVICES)
def ask(request: pytest.FixtureRequest, start_service: ServiceStarter, issuer: Issuer, houses: Path) -> Asking:
    kind, own = SETTINGS.get(request.param, (ServiceSettings, {}))
    running = start_service(service_class(request.param), CALLERS, kind, houses=houses, **own, **issuer.settings)
    closed = {each: roles for each, roles in promised(request.param).items() if roles != ANYBODY}
    return Asking(running, issuer, closed)


def claims(kind: Mapping[str, Any], functions: Sequence[str], elsewhere: Sequence[str] = ()) -> dict[str, Any]:
    return {**kind, "organisation": OF_BOTH, "functions": {HOUSE: functions, ELSEWHERE: elsewhere}}


@KINDS
@pytest.mark.parametrize(
    "functions", [*([role] for role in ROLES), OF_PARTNERS, WITHOUT_ACCESS], ids=lambda functions: functions[0]
)
def test_a_function_opens_what_was_promised_in_its_house_alone(
    ask: Asking, kind: Mapping[str, Any], functions: list[str]
) -> None:
    token = ask.issuer.token(claims(kind, functions, elsewhere=WITHOUT_ACCESS))
    for house, has in ((HOUSE, functions), (ELSEWHERE, WITHOUT_ACCESS)):
        admitted = {each for each, status in ask.statuses(token, house).items() if status not in UNADMITTED}
        assert admitted == {each for each, roles in ask.closed.items() if not roles.isdisjoint(has)}


def test_a_function_of_partners_opens_nothing_to_people_of_the_house_itself(ask: Asking) -> None:
    token = ask.issuer.token(claims(PERSON, OF_PARTNERS) | {"organisation": HOUSE})
    assert ask.statuses(token, HOUSE) == dict.fromkeys(ask.closed, 403)


def test_who_is_refused_in_a_house_of_others_stands_in_the_audit_log_of_that_house(ask: Asking) -> None:
    ask.statuses(ask.issuer.token(claims(PERSON, ROLES) | {"sub": "a-stranger"}), ELSEWHERE)
    refused = ask.service.as_service.execute(
        "SELECT DISTINCT house, organisation, status FROM audit_log WHERE actor = 'a-stranger'"
    ).fetchall()
    assert refused == [(ELSEWHERE, OF_BOTH, 403)]


def test_who_stands_in_has_the_functions_of_the_other_until_the_day_is_over_and_the_audit_log_says_for_whom(
    ask: Asking,
) -> None:
    def admitted(until: date, **asked: str) -> set[str]:
        lent = {"person": "p-absent", "functions": ROLES, "until": until.isoformat()}
        token = ask.issuer.token(claims(PERSON, WITHOUT_ACCESS) | {"sub": "a-stand-in", "standing_in": {HOUSE: [lent]}})
        return {each for each, status in ask.statuses(token, HOUSE, **asked).items() if status not in UNADMITTED}

    yesterday = today() - timedelta(days=1)
    assert admitted(today(), standing_in_for="p-absent") == ask.closed.keys() - ask.for_partners
    assert admitted(today()) == set()
    assert admitted(yesterday, standing_in_for="p-absent") == set()
    assert admitted(today(), standing_in_for="p-another") == set()
    told = ask.service.as_service.execute(
        "SELECT DISTINCT standing_in_for, status = 403 FROM audit_log WHERE actor = 'a-stand-in' ORDER BY 1, 2"
    ).fetchall()
    refused = [("p-absent", True)] if ask.for_partners else []
    assert told == [("p-absent", False), *refused, (None, True)]


def test_only_who_has_several_houses_must_name_one(ask: Asking) -> None:
    one, both = (ask.issuer.token(claims(PERSON, ROLES, elsewhere)) for elsewhere in ((), ROLES))
    unadmitted = {each for each, status in ask.statuses(one).items() if status in UNADMITTED}
    assert unadmitted == ask.for_partners
    assert ask.statuses(both) == dict.fromkeys(ask.closed, 400)
    for house in (ELSEWHERE, UNKNOWN):
        assert ask.statuses(one, house) == dict.fromkeys(ask.closed, 403)


@KINDS
def test_a_worthless_token_opens_nothing(ask: Asking, kind: Mapping[str, Any], subtests: pytest.Subtests) -> None:
    for name, token in ask.issuer.worthless(claims(kind, ROLES)):
        with subtests.test(name):
            assert ask.statuses(token) == dict.fromkeys(ask.closed, 401)


@pytest.mark.parametrize(
    "unknown",
    [
        {"organisation": UNKNOWN},
        {"organisation": None},
        {"organisation": ELSEWHERE},
        {"functions": {}},
        {"functions": {HOUSE: []}},
        {"functions": {HOUSE: ["mayor"]}},
        {"functions": {UNKNOWN: ROLES}},
    ],
    ids=str,
)
def test_what_no_profile_knows_opens_nothing(ask: Asking, unknown: dict[str, Any]) -> None:
    token = ask.issuer.token(claims(PERSON, ROLES) | unknown)
    assert ask.statuses(token) == ask.statuses(token, HOUSE) == dict.fromkeys(ask.closed, 403)
