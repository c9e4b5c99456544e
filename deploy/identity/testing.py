"""pytest fixture: the provider of a development machine, with a browser that needs no screen.

def test_a_reader_is_let_in(identity_provider):
    token = identity_provider.access_token("tim")
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
import requests

from deploy.credentials import Credentials, write_private
from deploy.identity.persons import Directory
from deploy.identity.program import provider_program
from deploy.identity.settings import settings_text
from deploy.local.stack import LocalStack
from deploy.rotation import rotated
from deploy.topology import DESK, Topology
from shared.testing.program import running
from shared.testing.waiting import free_ports, wait_until

ROOT = Path(__file__).parents[2]
START_SECONDS = 30
SCOPE = "openid profile ketenhuis"


@dataclass
class Provider:
    """A provider that runs. desk_url: where the desk may be started, so that people come back to it."""

    issuer: str
    desk_url: str
    file: Path
    people: Directory
    credentials: Credentials
    pid: int = 0

    @property
    def keys_url(self) -> str:
        return f"{self.issuer}/jwks"

    def password(self, login: str) -> str:
        return self.credentials.persons[login]

    def secret(self, client: str) -> str:
        """Of the desk (`desk`) or of a program."""
        return self.credentials.clients[client]

    def access_token(self, login: str) -> str:
        """The token of a person, with whom the desk would call the services."""
        visit = Visit(self)
        return str(visit.tokens(visit.sign_in(login))["access_token"])

    def token_of_program(self, program: str) -> str:
        answer = self.ask_for_token(program, grant_type="client_credentials")
        return str(answer.json()["access_token"])

    def ask_for_token(self, client: str, **form: str) -> requests.Response:
        """What the token endpoint answers to a client with the right secret."""
        return requests.post(f"{self.issuer}/token", data=form, auth=(client, self.secret(client)), timeout=10)

    def rotate(self, step: str) -> None:
        """Begin, switch or end the rotation of the signing key, and wait until the provider has taken it over."""
        before = self.published_keys()
        self.credentials = rotated(self.credentials, "IDENTITY_KEY", step)
        self.write()
        assert wait_until(lambda: self.published_keys() != before, START_SECONDS)

    def published_keys(self) -> list[str]:
        """Ids of the keys by which its tokens are known, the one that signs first."""
        return [str(key["kid"]) for key in requests.get(self.keys_url, timeout=10).json()["keys"]]

    def write(self) -> None:
        write_private(self.file, settings_text(self.issuer, self.desk_url, self.people, self.credentials))

    def is_ready(self) -> bool:
        try:
            return requests.get(f"{self.issuer}/health/ready", timeout=5).ok
        except requests.RequestException:
            return False


@dataclass
class Visit:
    """One browser at the provider, sent there by the desk with PKCE."""

    provider: Provider
    browser: requests.Session = field(default_factory=requests.Session)
    verifier: str = field(default_factory=lambda: token_urlsafe(48))

    def sign_in(self, login: str, **request: str) -> str:
        """The address of the desk to which the browser comes back, with the code. request: changed parameters."""
        page = self.open(**request)
        return self.send(page, login, self.provider.password(login)).headers["Location"]

    def open(self, **request: str) -> requests.Response:
        """The sign-in page; or the way back to the desk, if this browser is signed in or the request is wrong."""
        return self.follow(self._get(self.address(**request)))

    def address(self, **request: str) -> str:
        """Where the desk sends a browser. request: changed parameters."""
        challenge = urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "client_id": DESK,
            "response_type": "code",
            "scope": SCOPE,
            "redirect_uri": f"{self.provider.desk_url}/signed-in",
            "state": "a-state",
            "nonce": "a-nonce",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.provider.issuer}/auth?{urlencode(asked | request)}"

    def send(self, page: requests.Response, login: str, password: str, origin: str | None = None) -> requests.Response:
        """What the form of the sign-in page leads to. origin: of another site, whose form it would be."""
        form, headers = {"login": login, "password": password}, {"Origin": origin or self.provider.issuer}
        return self.follow(self.browser.post(page.url, form, headers=headers, allow_redirects=False, timeout=10))

    def tokens(self, came_back: str, **request: str) -> Mapping[str, str]:
        """What the desk gets for the code in the address."""
        answer = self.redeem(came_back, **request)
        assert answer.ok, answer.text
        tokens: Mapping[str, str] = answer.json()
        return tokens

    def redeem(self, came_back: str, **request: str) -> requests.Response:
        asked = {
            "grant_type": "authorization_code",
            "code": parse_qs(urlsplit(came_back).query)["code"][0],
            "redirect_uri": f"{self.provider.desk_url}/signed-in",
            "code_verifier": self.verifier,
        }
        return self.provider.ask_for_token(DESK, **(asked | request))

    def sign_out(self, id_token: str) -> str:
        """The address of the desk to which the browser comes back after it was signed out everywhere."""
        page = self._get(self.way_out(id_token))
        action, secret = re.findall(r'action="([^"]+)"|name="xsrf" value="([^"]+)"', page.text)
        form = {"xsrf": secret[1], "logout": "yes"}
        return self.browser.post(action[0], form, allow_redirects=False, timeout=10).headers["Location"]

    def way_out(self, id_token: str) -> str:
        """Where the desk sends a browser that signs out."""
        back = f"{self.provider.desk_url}/signed-out"
        asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": "a-state"}
        return f"{self.provider.issuer}/session/end?{urlencode(asked)}"

    def follow(self, answer: requests.Response) -> requests.Response:
        """Go on as long as the provider sends the browser to itself."""
        while answer.is_redirect:
            address = urljoin(answer.url, answer.headers["Location"])
            if not address.startswith(f"{self.provider.issuer}/"):
                break
            answer = self._get(address)
        return answer

    def _get(self, address: str) -> requests.Response:
        return self.browser.get(address, allow_redirects=False, timeout=10)


def provider_of(stack: LocalStack) -> Provider:
    """The provider of a local stack that runs."""
    installation = stack.installation
    file, people = installation.directory / "identity.json", Directory.load()
    return Provider(installation.issuer, installation.desk_url, file, people, installation.credentials)


@contextmanager
def running_provider(directory: Path) -> Iterator[Provider]:
    """The real provider with every person and program of persons.toml, and its files in the directory."""
    people = Directory.load()
    at, desk = (f"http://127.0.0.1:{port}" for port in free_ports(2))
    credentials = Credentials.complete({}, Topology.load(ROOT / "houses"), people)
    provider = Provider(at, desk, directory / "identity.json", people, credentials)
    provider.write()
    with running(provider_program(ROOT, provider.file), directory / "log") as provider.pid:
        assert wait_until(provider.is_ready, START_SECONDS), (directory / "log").read_text()
        yield provider


@pytest.fixture(scope="session")
def identity_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """One for all tests. Who wants to stop it, or to type wrong passwords, takes `running_provider`."""
    with running_provider(tmp_path_factory.mktemp("identity")) as provider:
        yield provider
