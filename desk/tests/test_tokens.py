"""Nothing is believed that the provider did not sign for this desk, now."""

import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from desk.provider import SignInFailed
from desk.provider.configuration import AGAIN_SECONDS, PAUSE_SECONDS, RENEWED_SECONDS, Fetched
from desk.provider.errors import ProviderDown
from desk.provider.tokens import LOGOUT_EVENT, TokenReader
from desk.sessions.rules import Capacity
from desk.tests.given import HOUSE, OTHER_HOUSE, settings_of

SETTINGS = settings_of("postgresql://")
KEY = RSAKey.generate_key(2048, {"kid": "one"})
STRANGE = RSAKey.generate_key(2048, {"kid": "one"})
LEEWAY = 60


class Keys:
    """In the place of `desk.provider.configuration.Configuration`."""

    def key(self, key_id: str | None) -> Key:
        if key_id != "one":
            raise SignInFailed("unknown_key")
        return KEY


READER = TokenReader(SETTINGS, Keys(), {HOUSE, OTHER_HOUSE})  # type: ignore[arg-type]


def now() -> int:
    return int(time.time())


def signed(claims: Mapping[str, Any], key: Key = KEY, **header: str) -> str:
    headers = {"alg": "RS256", "kid": "one", **header}
    told = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(headers, told, key, algorithms=[headers["alg"]])


def id_token(key: Key = KEY, header: Mapping[str, str] | None = None, **instead: Any) -> str:
    usual = {"iss": SETTINGS.issuer, "aud": "desk", "sub": "p", "iat": now(), "exp": now() + 300, "nonce": "a-nonce"}
    return signed(usual | instead, key, **(header or {}))


def access_token(key: Key = KEY, header: Mapping[str, str] | None = None, **instead: Any) -> str:
    functions = {HOUSE: ["weighing_team"]}
    usual = {"iss": SETTINGS.issuer, "aud": "ketenhuis", "sub": "p", "exp": now() + 300, "functions": functions}
    return signed(usual | instead, key, **(header or {}))


def logout_token(key: Key = KEY, **instead: Any) -> str:
    usual = {"iss": SETTINGS.issuer, "aud": "desk", "sub": "p", "sid": "s", "iat": now(), "events": {LOGOUT_EVENT: {}}}
    return signed(usual | instead, key)


def read_id_token(token: str) -> Mapping[str, Any]:
    return READER.id_token(token, nonce="a-nonce", access_token="access")


def with_algorithm(token: str, algorithm: str) -> str:
    """The token without a signature, and with another algorithm in its header."""
    header, payload, _ = token.split(".")
    changed = {**json.loads(urlsafe_b64decode(header + "==")), "alg": algorithm}
    return f"{in_base64(json.dumps(changed).encode())}.{payload}."


def in_base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def signed_with_the_public_key_as_a_secret() -> str:
    """What anybody can read, in the place of what the provider alone knows."""
    public = KEY.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    unsigned = with_algorithm(access_token(), "HS256").rpartition(".")[0]
    return f"{unsigned}.{in_base64(hmac.digest(public, unsigned.encode(), 'sha256'))}"


def test_a_good_id_token_says_who_signed_in() -> None:
    assert read_id_token(id_token())["sub"] == "p"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://evil.test"},
        {"aud": "another-client"},
        {"aud": ["desk", "another-client"]},
        {"aud": ["desk", "another-client"], "azp": "another-client"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"exp": None},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_an_id_token_for_somebody_or_something_else_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SignInFailed):
        read_id_token(id_token(**wrong))


@pytest.mark.parametrize(("seconds", "is_good"), [(LEEWAY - 10, True), (LEEWAY + 10, False)])
def test_clocks_may_differ_by_a_minute(seconds: int, is_good: bool) -> None:
    for token in (id_token(exp=now() - seconds), id_token(iat=now() + seconds)):
        try:
            read_id_token(token)
            assert is_good
        except SignInFailed:
            assert not is_good


@pytest.mark.parametrize(
    "token",
    [
        "",
        "no token",
        "a.b.c",
        access_token(key=STRANGE),
        access_token(header={"kid": "unknown"}),
        with_algorithm(access_token(), "none"),
        signed_with_the_public_key_as_a_secret(),
        access_token(aud="another-audience"),
        access_token(iss="http://evil.test"),
        access_token(exp=now() - LEEWAY - 10),
        access_token(exp=None),
        access_token(sub=None),
        access_token(sub=7),
        f"{access_token().rpartition('.')[0]}.{access_token(sub='another').rpartition('.')[2]}",
    ],
)
def test_a_forged_or_expired_access_token_is_nobodys(token: str) -> None:
    with pytest.raises(SignInFailed):
        READER.access_token(token)


def test_elliptic_curves_are_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    key = ECKey.generate_key("P-256", {"kid": "one"})
    monkeypatch.setattr(Keys, "key", lambda *_: key)
    assert READER.access_token(access_token(key, {"alg": "ES256"})).person.id == "p"


@pytest.mark.parametrize(
    ("functions", "known"),
    [
        ({HOUSE: ["weighing_team", "king"]}, {HOUSE: {"weighing_team"}}),
        ({"atlantis": ["weighing_team"]}, {}),
        ({HOUSE: "weighing_team"}, {HOUSE: set()}),
        (["weighing_team"], {}),
        (None, {}),
        ({HOUSE: [{}, None, 7]}, {HOUSE: set()}),
    ],
)
def test_a_house_or_function_that_nobody_knows_admits_to_nothing(functions: Any, known: Any) -> None:
    assert READER.access_token(access_token(functions=functions)).person.functions == known


def test_a_logout_token_says_what_has_ended() -> None:
    told = READER.logout_token(logout_token())
    assert (told.person_id, told.provider_session) == ("p", "s")


@pytest.mark.parametrize(
    "token",
    [
        logout_token(events={}),
        logout_token(events=None),
        logout_token(nonce="a-nonce"),
        logout_token(sub=None, sid=None),
        logout_token(aud="another-client"),
        logout_token(iat=None),
        logout_token(key=STRANGE),
        id_token(),
    ],
)
def test_what_is_no_logout_token_ends_nothing(token: str) -> None:
    with pytest.raises(SignInFailed):
        READER.logout_token(token)


class Clock:
    """And a document of the provider, which counts how often it was fetched."""

    def __init__(self) -> None:
        self.now = 0.0
        self.fetches = 0
        self.away = False
        self.fetched = Fetched(self._fetch, lambda: self.now)

    def _fetch(self) -> Mapping[str, Any]:
        self.fetches += 1
        if self.away:
            raise ProviderDown
        return {"fetch": self.fetches}


def test_what_the_provider_publishes_is_kept_for_a_while() -> None:
    clock = Clock()
    for clock.now in (0.0, RENEWED_SECONDS - 1, RENEWED_SECONDS):
        clock.fetched.document()
    assert clock.fetches == 2


def test_made_up_keys_make_the_desk_ask_once_in_half_a_minute() -> None:
    clock = Clock()
    clock.fetched.document()
    for clock.now in (1.0, AGAIN_SECONDS, AGAIN_SECONDS + 1, AGAIN_SECONDS + 2):
        clock.fetched.document(AGAIN_SECONDS)
    assert clock.fetches == 2


def test_known_keys_are_used_on_while_the_provider_is_away() -> None:
    clock = Clock()
    clock.fetched.document()
    clock.away, clock.now = True, RENEWED_SECONDS
    assert clock.fetched.document() == {"fetch": 1}


def test_nobody_waits_for_a_provider_that_has_just_not_answered() -> None:
    clock = Clock()
    clock.away = True
    for clock.now in (0.0, PAUSE_SECONDS - 1, PAUSE_SECONDS):
        with pytest.raises(ProviderDown):
            clock.fetched.document()
    assert clock.fetches == 2


UNTIL = "2026-12-31"
LENT = {"person": "p-17", "functions": ["weighing_team", "made_up"], "until": UNTIL}
STANDS_IN = Capacity(HOUSE, frozenset({"weighing_team"}), "p-17", date.fromisoformat(UNTIL))


@pytest.mark.parametrize(
    ("told", "stand_ins"),
    [
        (
            {HOUSE: [LENT], "elsewhere": [LENT]},
            (Capacity(HOUSE, frozenset({"weighing_team"}), "p-17", date(2026, 12, 31)),),
        ),
        ({HOUSE: [{**LENT, "functions": ["made_up"]}, {**LENT, "until": "soon"}, {**LENT, "person": 5}, "x"]}, ()),
        ({HOUSE: LENT}, ()),
        ([LENT], ()),
        (None, ()),
    ],
)
def test_a_token_says_for_whom_somebody_stands_in_and_what_nobody_knows_of_it_lends_nothing(
    told: Any, stand_ins: Any
) -> None:
    assert READER.access_token(access_token(standing_in=told)).person.stand_ins == stand_ins
