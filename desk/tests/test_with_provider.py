"""The desk as a process of its own, with the real identity provider of a development machine, and browsers without a
screen. test_sign_in.py has what needs no provider."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import psycopg
import pytest
import requests
from requests.cookies import RequestsCookieJar

from deploy.identity.program import provider_program
from deploy.identity.testing import Provider
from desk.sessions.cookie import COOKIE
from desk.tests.given import NOBODY_LISTENS, SERVICES, form_token_in
from shared.testing.databases import Database, Databases
from shared.testing.keys import KEY_TEXT
from shared.testing.program import Program, running
from shared.testing.waiting import free_ports, wait_until

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
MARIJKE = "marijke"
ADDRESSES = count(1)


@dataclass(frozen=True)
class RunningDesk:
    """A desk, its provider and its database."""

    url: str
    provider: Provider
    database: Database
    process: int

    def browser(self) -> "Browser":
        return Browser(self)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database.url) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


class Cookies(RequestsCookieJar):
    """Takes this machine for safe enough to send cookies that are `Secure`, as browsers do."""

    def set_cookie(self, cookie: Any, *args: Any, **options: Any) -> None:
        cookie.secure = False
        super().set_cookie(cookie, *args, **options)


def browser_session() -> requests.Session:
    """At an address of its own, as the proxy before the desk says."""
    session = requests.Session()
    session.cookies = Cookies()
    session.headers["X-Forwarded-For"] = f"10.0.0.{next(ADDRESSES)}"
    return session


@dataclass
class Browser:
    """Follows redirects one at a time, and remembers where it has been."""

    desk: RunningDesk
    session: requests.Session = field(default_factory=browser_session)
    been: list[str] = field(default_factory=list)

    def get(self, path: str) -> requests.Response:
        return self._answer("GET", urljoin(self.desk.url, path))

    def open(self, path: str) -> requests.Response:
        """Go on wherever the answers lead."""
        return self.follow(self.get(path))

    def follow_to_the_desk(self, answer: requests.Response) -> str:
        """As far as the provider's answer to the desk, which is not opened."""
        while not (address := urljoin(answer.url, answer.headers["Location"])).startswith(f"{self.desk.url}/signed-in"):
            answer = self._answer("GET", address)
        return address

    def type_password(self, page: requests.Response, login: str) -> requests.Response:
        form = {"login": login, "password": self.desk.provider.password(login)}
        return self._answer("POST", page.url, form, Origin=self.desk.provider.issuer)

    def sign_in(self, login: str = MARIJKE, page: str = "/about-me") -> requests.Response:
        """The page that was asked for."""
        return self.follow(self.type_password(self.open(page), login))

    def send(self, page: str, path: str, **fields: str) -> requests.Response:
        token = form_token_in(self.open(page).text, path)
        return self._answer("POST", f"{self.desk.url}{path}", {"form_token": token, **fields}, Origin=self.desk.url)

    def send_hidden(self, answer: requests.Response, **more: str) -> requests.Response:
        """Send the form of a page that has nothing but hidden fields and a button."""
        [(address, inner)] = re.findall(
            r'<form[^>]*id="[^"]*"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', answer.text, re.S
        )
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inner)
        return self._answer("POST", unescape(address), {name: unescape(value) for name, value in hidden} | more)

    @property
    def is_signed_in(self) -> bool:
        return self.get("/about-me").status_code == 200

    def follow(self, answer: requests.Response) -> requests.Response:
        """Go on wherever the answer leads."""
        while answer.is_redirect:
            answer = self._answer("GET", urljoin(answer.url, answer.headers["Location"]))
        return answer

    def _answer(
        self, method: str, address: str, form: dict[str, str] | None = None, **headers: str
    ) -> requests.Response:
        self.been.append(address)
        return self.session.request(method, address, data=form, headers=headers, allow_redirects=False, timeout=10)


def is_ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/health/ready", timeout=5).ok
    except requests.RequestException:
        return False


def desk_program(provider: Provider, database: Database, url: str, log_level: str = "INFO") -> Program:
    settings = {
        "DESK_ADDRESS": urlsplit(url).netloc,
        "DESK_URL": url,
        "DATABASE_URL": database.url,
        "SESSION_KEY": KEY_TEXT,
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_SECRET": provider.secret("desk"),
        "HOUSES": str(ROOT / "houses"),
        "TRUSTED_PROXIES": "1",
        "LOG_LEVEL": log_level,
        **{f"{service.upper()}_URL": NOBODY_LISTENS for service in SERVICES},
    }
    return Program(name="desk", command=[sys.executable, "-m", "desk"], directory=ROOT, environment=settings)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "log"


@pytest.fixture(scope="module")
def running_desk(identity_provider: Provider, databases: Databases, log: Path) -> Iterator[RunningDesk]:
    with databases.migrated("desk") as database:
        url = identity_provider.desk_url
        with running(desk_program(identity_provider, database, url), log) as process:
            assert wait_until(lambda: is_ready(url), START_SECONDS), log.read_text()
            yield RunningDesk(url, identity_provider, database, process)


@pytest.fixture
def browser(running_desk: RunningDesk) -> Browser:
    return running_desk.browser()


def test_a_person_signs_in_and_sees_the_page_that_was_asked_for(browser: Browser) -> None:
    page = browser.sign_in()
    assert urlsplit(page.url).path == "/about-me"
    assert "lid van het weegteam" in page.text and "Hollands Midden" in page.text


def test_the_desk_asks_with_pkce_state_and_nonce(browser: Browser) -> None:
    browser.get("/sign-in")
    address = browser.get("/sign-in").headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


def test_whoever_is_signed_in_at_the_provider_types_nothing(browser: Browser) -> None:
    browser.sign_in()
    browser.session.cookies.clear(domain="127.0.0.1", path="/", name=COOKIE)
    assert urlsplit(browser.open("/about-me").url).path == "/about-me"


def come_back_to(browser: Browser) -> str:
    """The provider's answer, on its way to the desk."""
    return browser.follow_to_the_desk(browser.type_password(browser.open("/about-me"), MARIJKE))


def changed(address: str, **instead: str) -> str:
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | instead
    return parts._replace(query=urlencode(query)).geturl()


@pytest.mark.parametrize("wrong", [{"state": "another"}, {"code": "made-up"}, {"iss": "http://evil.test"}], ids=str)
def test_an_answer_that_was_tampered_with_signs_nobody_in(browser: Browser, wrong: dict[str, str]) -> None:
    answer = browser.get(changed(come_back_to(browser), **wrong))
    assert answer.status_code == 400
    assert not browser.is_signed_in


def test_an_answer_without_the_name_of_the_provider_signs_nobody_in(browser: Browser) -> None:
    address = re.sub(r"&?iss=[^&]*", "", come_back_to(browser))
    assert browser.get(address).status_code == 400


def test_a_code_works_once_and_in_the_browser_that_began(browser: Browser) -> None:
    address = come_back_to(browser)
    assert browser.desk.browser().get(address).status_code == 400
    cookies = browser.session.cookies.copy()
    assert browser.get(address).status_code == 303
    thief = browser.desk.browser()
    thief.session.cookies.update(cookies)
    assert thief.get(address).status_code == 400
    assert not thief.is_signed_in


def test_signing_out_here_signs_out_at_the_provider_and_no_address_holds_a_token(browser: Browser) -> None:
    browser.sign_in()
    page = browser.follow(browser.send("/about-me", "/sign-out"))
    assert not browser.is_signed_in
    browser.follow(browser.send_hidden(page, logout="yes"))
    assert browser.been[-1] == f"{browser.desk.url}/signed-out"
    assert 'name="password"' in browser.open("/about-me").text
    assert [address for address in browser.been if "eyJ" in address] == []


def test_signing_out_at_the_provider_signs_out_here(running_desk: RunningDesk) -> None:
    """Of the browser that signs out, and not of another browser of the same person."""
    here, elsewhere = running_desk.browser(), running_desk.browser()
    for browser in (here, elsewhere):
        browser.sign_in("tim")
    desk_at_provider = here.open(f"{running_desk.provider.issuer}/session/end")
    here.send_hidden(desk_at_provider, logout="yes")
    assert wait_until(lambda: not here.is_signed_in, 5)
    assert elsewhere.is_signed_in


def test_signing_out_everywhere(running_desk: RunningDesk) -> None:
    here, elsewhere = running_desk.browser(), running_desk.browser()
    for browser in (here, elsewhere):
        browser.sign_in("ilse")
    here.send("/about-me", "/sign-out-everywhere")
    assert (here.is_signed_in, elsewhere.is_signed_in) == (False, False)


def test_a_new_signing_key_is_found_by_itself(running_desk: RunningDesk) -> None:
    running_desk.browser().sign_in()
    for step in ("begin", "switch"):
        running_desk.provider.rotate(step)
    assert wait_until(lambda: running_desk.browser().sign_in().status_code == 200, 40, interval=5)
    running_desk.provider.rotate("end")


def test_a_forged_logout_token_is_refused(browser: Browser) -> None:
    browser.sign_in()
    answer = requests.post(f"{browser.desk.url}/back-channel-logout", data={"logout_token": "a.b.c"}, timeout=10)
    assert answer.status_code == 400
    assert browser.is_signed_in


def test_the_provider_is_down_and_those_who_are_signed_in_go_on(
    running_desk: RunningDesk, databases: Databases, tmp_path: Path
) -> None:
    """With a provider and a desk of its own, that this test can stop."""
    at, url = (f"http://127.0.0.1:{port}" for port in free_ports(2))
    provider = replace(running_desk.provider, issuer=at, desk_url=url, file=tmp_path / "identity.json")
    provider.write()
    with databases.migrated("desk") as database, running(desk_program(provider, database, url), tmp_path / "desk"):
        assert wait_until(lambda: is_ready(url), START_SECONDS)
        browser = RunningDesk(url, provider, database, 0).browser()
        assert browser.get("/sign-in").status_code == 503
        with running(provider_program(ROOT, provider.file), tmp_path / "log"):
            assert wait_until(provider.is_ready, START_SECONDS)
            assert wait_until(lambda: browser.get("/sign-in").status_code == 303, 10, interval=1)
            browser.sign_in()
        assert browser.is_signed_in


def test_the_log_says_opaque_ids_and_no_names_and_no_addresses(browser: Browser, log: Path) -> None:
    browser.sign_in()
    person = next(person for person in browser.desk.provider.people.persons if person.login == MARIJKE)
    text = log.read_text()
    assert person.id in text
    for secret in (person.name, person.name.split()[-1], "code=", "state=", "eyJ"):
        assert secret not in text


def test_the_desk_takes_little_memory(running_desk: RunningDesk) -> None:
    """With the developers' packages structlog loads rich, which is not shipped: some 3 MiB."""
    for _ in range(20):
        running_desk.browser().sign_in()
    status = Path(f"/proc/{running_desk.process}/status").read_text()
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", status)
    assert int(kilobytes) <= 94 * 1024
