"""Who a token of the identity provider stands for, and which tokens stand for nobody."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey
from marshmallow import ValidationError
from werkzeug.exceptions import Forbidden, Unauthorized

from shared.business_dates import today
from shared.configuration import load_profiles
from shared.testing.issuer import PERSON, PROGRAM, Issuer, new_key, running_issuer
from shared.web.access_tokens import LEEWAY_SECONDS, AccessTokens, HouseProfile
from shared.web.call import Caller
from shared.web.issuer_keys import IssuerKeys

PROFILES = {"north": ["police", "ggd"], "south": ["police"]}
IN_BOTH = {"north": ["weighing_team", "reader"], "south": ["reader"]}
RIGHT = {**PERSON, "organisation": "police", "functions": IN_BOTH}


@pytest.fixture(scope="module")
def tokens(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> AccessTokens:
    directory = tmp_path_factory.mktemp("houses")
    for house, partners in PROFILES.items():
        sections = [f'house = "{house}"', *(f'[[partners]]\nid = "{partner}"' for partner in partners)]
        (directory / f"{house}.toml").write_text("\n".join(sections))
    profiles = load_profiles(directory, HouseProfile)
    organisations = {house: profile.organisations for house, profile in profiles.items()}
    return AccessTokens(issuer.url, "ketenhuis", IssuerKeys(issuer.settings["oidc_keys_url"]), organisations)


def refused(tokens: AccessTokens, token: str) -> str:
    """The error that a token is refused with: one sentence, without anything of the token."""
    with pytest.raises(Unauthorized) as refusal:
        tokens.identity(token)
    assert refusal.value.www_authenticate
    return str(refusal.value.description)


def test_a_person_acts_for_one_house_at_a_time(issuer: Issuer, tokens: AccessTokens) -> None:
    identity = tokens.identity(issuer.token(RIGHT))
    assert identity.acting_for("north") == Caller(
        id=PERSON["sub"],
        name=PERSON["name"],
        house="north",
        roles=frozenset({"weighing_team", "reader"}),
        organisation="police",
        origin="desk",
    )
    assert identity.acting_for("south").roles == {"reader"}
    with pytest.raises(Forbidden):
        identity.acting_for("east")
    with pytest.raises(ValidationError) as missing:
        identity.acting_for(None)
    assert missing.value.messages == {
        "House": ["is required of a caller of several houses: the house that the request is about"]
    }


def test_who_stands_in_for_somebody_has_that_function_alone_and_until_the_day_is_over(
    issuer: Issuer, tokens: AccessTokens
) -> None:
    def caller(until: date, house: str = "north", **wrong: Any) -> Caller:
        lent = {"person": "p-17", "functions": ["process_director"], "until": until.isoformat()} | wrong
        return tokens.identity(issuer.token(RIGHT | {"standing_in": {"north": [lent]}})).acting_for(house, "p-17")

    stand_in = caller(today())
    assert stand_in.roles == {"process_director"}
    assert (stand_in.standing_in_for, stand_in.name) == ("p-17", PERSON["name"])
    with pytest.raises(Forbidden):
        caller(today() - timedelta(days=1))
    with pytest.raises(Forbidden):
        caller(today(), "south")
    with pytest.raises(Forbidden):
        caller(today(), person="p-18")
    with pytest.raises(Unauthorized):
        caller(today(), functions="reader")


def test_a_program_has_its_id_for_a_name_and_the_house_it_has_only_need_not_be_named(
    issuer: Issuer, tokens: AccessTokens
) -> None:
    token = issuer.token({**PROGRAM, "organisation": "south", "functions": {"south": ["reader"]}})
    caller = tokens.identity(token).acting_for(None)
    assert (caller.id, caller.name, caller.house, caller.origin) == (*[PROGRAM["sub"]] * 2, "south", PROGRAM["sub"])


def test_the_client_may_also_be_told_as_the_authorized_party(issuer: Issuer, tokens: AccessTokens) -> None:
    token = issuer.token(RIGHT | {"client_id": None, "azp": "portal"})
    assert tokens.identity(token).origin == "portal"


@pytest.mark.parametrize(
    ("organisation", "functions", "houses"),
    [
        ("police", IN_BOTH, {"north", "south"}),
        ("ggd", IN_BOTH, {"north"}),
        ("north", IN_BOTH, {"north"}),
        ("nobody", IN_BOTH, set()),
        ("", IN_BOTH, set()),
        (None, IN_BOTH, set()),
        ("police", {"east": ["reader"], "south": ["reader"], "north": []}, {"south"}),
        ("police", {}, set()),
        ("police", None, set()),
    ],
)
def test_what_a_profile_does_not_know_admits_to_nothing(
    issuer: Issuer, tokens: AccessTokens, organisation: str | None, functions: Any, houses: set[str]
) -> None:
    identity = tokens.identity(issuer.token(RIGHT | {"organisation": organisation, "functions": functions}))
    assert {house for house, functions in identity.functions.items() if functions} == houses
    if not houses:
        with pytest.raises(Forbidden):
            identity.acting_for(None)


def test_clocks_may_differ_by_a_minute(issuer: Issuer, tokens: AccessTokens) -> None:
    now = int(time.time())
    near, far = LEEWAY_SECONDS - 5, LEEWAY_SECONDS + 5
    for times in ({"exp": now - near}, {"nbf": now + near}, {"iat": now + near}):
        assert tokens.identity(issuer.token(RIGHT | times))
    assert refused(tokens, issuer.token(RIGHT | {"exp": now - far})) == "This token has expired."
    for times in ({"nbf": now + far}, {"iat": now + far}):
        assert refused(tokens, issuer.token(RIGHT | times)) == "This token is unknown."


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "desk"},
        {"aud": ["desk", "other"]},
        *({name: None} for name in ("iss", "aud", "exp", "iat", "sub", "client_id")),
        {"exp": "soon"},
        {"exp": True},
        {"sub": ""},
        {"sub": 5},
        {"sub": "a\0b"},
        {"sub": "x" * 256},
        {"name": "a\nb\0"},
        {"functions": ["reader"]},
        {"functions": {"north": "reader"}},
        {"functions": {"north": [5]}},
        {"organisation": ["police"]},
    ],
    ids=str,
)
def test_a_token_that_does_not_say_what_it_must_stands_for_nobody(
    issuer: Issuer, tokens: AccessTokens, claims: dict[str, Any]
) -> None:
    assert refused(tokens, issuer.token(RIGHT | claims)) == "This token is unknown."


def test_one_audience_of_several_is_enough(issuer: Issuer, tokens: AccessTokens) -> None:
    assert tokens.identity(issuer.token(RIGHT | {"aud": ["desk", "ketenhuis"]}))


def test_a_worthless_token_stands_for_nobody(issuer: Issuer, tokens: AccessTokens, subtests: pytest.Subtests) -> None:
    for kind, token in issuer.worthless(RIGHT):
        with subtests.test(kind):
            assert refused(tokens, token) == f"This token {'has expired' if kind == 'expired' else 'is unknown'}."


def test_a_key_in_the_token_itself_is_not_used(issuer: Issuer, tokens: AccessTokens) -> None:
    own = ECKey.generate_key()
    for headers in ({"kid": issuer.keys[-1].kid, "jwk": own.as_dict(private=False)}, {}):
        forged = jwt.encode({"alg": "ES256", **headers}, {"iss": issuer.url, **RIGHT}, own)
        assert refused(tokens, forged) == "This token is unknown."


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b.c", "é.é.é", "e30.e30.e30", "WyJhbGciXQ.e30.AAAA", "ImFsZyI.e30.AAAA", "x" * 9000]
)
def test_what_is_no_token_at_all_stands_for_nobody(tokens: AccessTokens, token: str) -> None:
    assert refused(tokens, token) == "This token is unknown."


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("PS256", new_key()), ("ES384", ECKey.generate_key("P-384")), ("Ed25519", OKPKey.generate_key())],
)
def test_a_provider_may_sign_with_any_asymmetric_algorithm(algorithm: str, key: Key) -> None:
    key.ensure_kid()
    with running_issuer() as issuer:
        issuer.keys.append(key)
        keys = IssuerKeys(issuer.settings["oidc_keys_url"])
        tokens = AccessTokens(issuer.url, "ketenhuis", keys, {"north": frozenset({"police"})})
        assert tokens.identity(issuer.token(RIGHT, alg=algorithm)).id
