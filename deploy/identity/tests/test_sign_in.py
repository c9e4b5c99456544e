"""Sign-in at the provider of a development machine: the real one, asked as a browser and the desk ask it."""

import re
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import KeySet
from werkzeug.exceptions import Unauthorized

from deploy.identity.program import provider_program
from deploy.identity.settings import settings_text
from deploy.identity.testing import ROOT, Provider, Visit, running_provider
from deploy.identity.tests.stand_in import desk
from shared.web.access_tokens import AccessTokens
from shared.web.issuer_keys import IssuerKeys

Claims = dict[str, object]
TOKEN_SECONDS = 600
MOST_MEMORY_KB = 90 * 1024
LOOKS_AT_SETTINGS_EVERY_SECONDS = 0.5


def claims_of(token: str, provider: Provider) -> Claims:
    """Of a token that one of the published keys signed."""
    keys = KeySet.import_key_set(requests.get(provider.keys_url, timeout=10).json())
    return dict(jwt.decode(token, keys, algorithms=["ES256"]).claims)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.fixture
def visit(identity_provider: Provider) -> Visit:
    return Visit(identity_provider)


def test_a_token_says_for_whom_its_person_stands_in(identity_provider: Provider) -> None:
    claims = claims_of(identity_provider.access_token("anouk"), identity_provider)
    [marijke] = [person.id for person in identity_provider.people.persons if person.login == "marijke"]
    told = {"person": marijke, "functions": ["weighing_team"], "until": "2099-12-31"}
    assert claims["standing_in"] == {"hollands-midden": [told]}


def test_a_persons_access_token_says_who_that_is(identity_provider: Provider) -> None:
    claims = claims_of(identity_provider.access_token("hanneke"), identity_provider)
    [hanneke] = [person for person in identity_provider.people.persons if person.login == "hanneke"]
    told = ("iss", "aud", "sub", "client_id", "name", "organisation", "functions")
    assert {name: claims[name] for name in told} == {
        "iss": identity_provider.issuer,
        "aud": "ketenhuis",
        "sub": hanneke.id,
        "client_id": "desk",
        "name": "Hanneke Vlietstra",
        "organisation": "gemeente-leiden",
        "functions": {"hollands-midden": ["municipal_contact", "case_holder"]},
    }
    assert int(str(claims["exp"])) - int(str(claims["iat"])) == TOKEN_SECONDS


def test_the_desk_learns_who_signed_in_and_that_it_was_for_it(identity_provider: Provider, visit: Visit) -> None:
    came_back = visit.sign_in("yasmin")
    assert came_back.startswith(f"{identity_provider.desk_url}/signed-in?")
    assert (query_of(came_back)["state"], query_of(came_back)["iss"]) == ("a-state", identity_provider.issuer)
    claims = claims_of(visit.tokens(came_back)["id_token"], identity_provider)
    assert (claims["aud"], claims["nonce"], claims["name"]) == ("desk", "a-nonce", "Yasmin Karagöz")


def test_a_program_gets_a_token_of_its_own(identity_provider: Provider) -> None:
    claims = claims_of(identity_provider.token_of_program("figures"), identity_provider)
    assert (claims["sub"], claims["client_id"], claims["aud"]) == ("figures", "figures", "ketenhuis")
    assert (claims["organisation"], claims["functions"]) == ("hollands-midden", {"hollands-midden": ["reader"]})
    assert "name" not in claims


def test_services_take_the_tokens_of_persons_and_programs_and_not_what_is_for_the_desk(
    identity_provider: Provider, visit: Visit
) -> None:
    house = "hollands-midden"
    keys, organisations = IssuerKeys(identity_provider.keys_url), {house: frozenset({house, "gemeente-leiden"})}
    services = AccessTokens(identity_provider.issuer, "ketenhuis", keys, organisations)
    hanneke = services.identity(identity_provider.access_token("hanneke")).acting_for(house)
    assert (hanneke.name, hanneke.organisation, hanneke.origin) == ("Hanneke Vlietstra", "gemeente-leiden", "desk")
    assert hanneke.roles == {"municipal_contact", "case_holder"}
    program = services.identity(identity_provider.token_of_program("figures")).acting_for(None)
    assert (program.id, program.name, program.roles) == ("figures", "figures", frozenset({"reader"}))
    with pytest.raises(Unauthorized):
        services.identity(visit.tokens(visit.sign_in("hanneke"))["id_token"])


def test_a_program_with_another_secret_gets_none(identity_provider: Provider) -> None:
    address, form = f"{identity_provider.issuer}/token", {"grant_type": "client_credentials"}
    answer = requests.post(address, form, auth=("figures", "another"), timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_refreshed_token_is_of_the_same_person(identity_provider: Provider, visit: Visit) -> None:
    tokens = visit.tokens(visit.sign_in("bram"))
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    answers = [identity_provider.ask_for_token("desk", **form) for _ in range(2)]
    subjects = {claims_of(answer.json()["access_token"], identity_provider)["sub"] for answer in answers}
    assert subjects == {claims_of(tokens["access_token"], identity_provider)["sub"]}


def test_a_person_who_is_signed_in_is_not_asked_again_unless_the_desk_wants_it(visit: Visit) -> None:
    visit.sign_in("koen")
    assert "code" in query_of(visit.open().headers["Location"])
    assert "code" in query_of(visit.open(prompt="consent").headers["Location"])
    assert "Wachtwoord" in visit.open(prompt="login").text


@pytest.mark.parametrize("login", ["samira", "nobody", "<script>"])
def test_a_wrong_password_is_refused_in_the_same_words_whoever_it_is(visit: Visit, login: str) -> None:
    answer = visit.send(visit.open(), login, "wrong")
    assert answer.status_code == 401
    assert "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar." in answer.text
    assert "<script" not in answer.text
    assert "wrong" not in answer.text


def test_who_guesses_has_to_wait_even_with_the_right_password(tmp_path: Path) -> None:
    with running_provider(tmp_path) as provider:
        guesses = [Visit(provider) for _ in range(6)]
        answers = [guess.send(guess.open(), "petra", "wrong").status_code for guess in guesses]
        assert answers == [401] * 5 + [429]
        late = Visit(provider)
        assert late.send(late.open(), "petra", provider.password("petra")).status_code == 429
        assert Visit(provider).sign_in("nadia")


def test_who_guesses_many_names_keeps_everybody_waiting_and_not_the_machine_busy(tmp_path: Path) -> None:
    with running_provider(tmp_path) as provider:
        guess = Visit(provider)
        page = guess.open()
        answers = [guess.send(page, f"somebody-{number}", "wrong").status_code for number in range(51)]
        assert answers == [401] * 50 + [429]


def test_it_takes_little_memory(tmp_path: Path) -> None:
    with running_provider(tmp_path) as provider:
        for login in provider.people.logins:
            provider.access_token(login)
        [most] = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{provider.pid}/status").read_text())
    assert int(most) < MOST_MEMORY_KB


def test_no_log_says_who_somebody_is_or_what_was_typed(tmp_path: Path) -> None:
    with running_provider(tmp_path) as provider:
        visit = Visit(provider)
        visit.send(visit.open(), "esther", "a-wrong-word")
        provider.access_token("esther")
    log = (tmp_path / "log").read_text()
    [esther] = [person for person in provider.people.persons if person.login == "esther"]
    assert esther.id in log
    assert not [word for word in ("esther", esther.name, "a-wrong-word", provider.password("esther")) if word in log]


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_a_form_of_another_site_signs_nobody_in(identity_provider: Provider, visit: Visit, origin: str) -> None:
    answer = visit.send(visit.open(), "ruben", identity_provider.password("ruben"), origin)
    assert answer.status_code == 403
    assert "Location" not in visit.open().headers


def test_a_form_without_its_own_page_signs_nobody_in(identity_provider: Provider, visit: Visit) -> None:
    page = visit.open()
    stranger = Visit(identity_provider)
    assert stranger.send(page, "ruben", identity_provider.password("ruben")).status_code == 400


def test_an_endless_form_is_not_read(visit: Visit) -> None:
    assert visit.send(visit.open(), "ruben", "x" * 10_000).status_code == 401


def test_a_code_is_good_for_one_time_and_takes_its_tokens_with_it(identity_provider: Provider, visit: Visit) -> None:
    came_back = visit.sign_in("gerrit")
    tokens = visit.tokens(came_back)
    assert visit.redeem(came_back).json()["error"] == "invalid_grant"
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert identity_provider.ask_for_token("desk", **form).json()["error"] == "invalid_grant"


def test_a_code_is_worth_nothing_without_the_verifier_of_the_browser_that_asked(visit: Visit) -> None:
    came_back = visit.sign_in("charlotte")
    assert visit.redeem(came_back, code_verifier="x" * 43).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "request_",
    [
        {"code_challenge": "", "code_challenge_method": ""},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
    ],
)
def test_the_desk_can_ask_for_a_code_with_pkce_only(visit: Visit, request_: dict[str, str]) -> None:
    answer = visit.open(**request_)
    assert "error" in query_of(answer.headers["Location"].replace("#", "?"))


def test_nobody_is_sent_to_an_address_that_is_not_the_desks(visit: Visit) -> None:
    answer = visit.open(redirect_uri="http://elsewhere.example/signed-in")
    assert (answer.status_code, "Location" in answer.headers) == (400, False)
    assert "Dat lukte niet" in answer.text


def test_pages_run_no_script_are_not_kept_and_say_what_they_are_for(identity_provider: Provider, visit: Visit) -> None:
    page = visit.open()
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert f"form-action 'self' {identity_provider.desk_url};" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert "Alleen voor ontwikkeling" in page.text and '<html lang="nl">' in page.text
    assert "<script" not in page.text


def test_who_signs_out_is_signed_out_everywhere(identity_provider: Provider, visit: Visit) -> None:
    tokens = visit.tokens(visit.sign_in("ilse"))
    with desk(identity_provider.desk_url) as told:
        came_back = visit.sign_out(tokens["id_token"])
        logout = claims_of(told.get(timeout=10), identity_provider)
    assert came_back == f"{identity_provider.desk_url}/signed-out?state=a-state"
    assert logout["aud"] == "desk"
    assert logout["sid"] == claims_of(tokens["id_token"], identity_provider)["sid"]
    assert logout["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert identity_provider.ask_for_token("desk", **form).json()["error"] == "invalid_grant"
    assert "Wachtwoord" in visit.open().text


def test_signing_out_works_while_the_desk_is_down(visit: Visit) -> None:
    tokens = visit.tokens(visit.sign_in("sjoerd"))
    visit.sign_out(tokens["id_token"])
    assert "Wachtwoord" in visit.open().text


def test_keys_are_rotated_while_people_are_signed_in(identity_provider: Provider, visit: Visit) -> None:
    [old] = identity_provider.published_keys()
    token = identity_provider.access_token("tim")
    visit.sign_in("tim")
    identity_provider.rotate("begin")
    _, new = identity_provider.published_keys()
    assert claims_of(token, identity_provider)
    identity_provider.rotate("switch")
    assert identity_provider.published_keys() == [new, old]
    assert claims_of(token, identity_provider)
    newer = visit.tokens(visit.open().headers["Location"])["access_token"]
    identity_provider.rotate("end")
    assert identity_provider.published_keys() == [new]
    assert claims_of(newer, identity_provider)
    with pytest.raises(InvalidKeyIdError):
        claims_of(token, identity_provider)


@pytest.mark.parametrize("field", ["issuer", "desk"])
def test_it_serves_no_address_but_those_of_this_machine(
    identity_provider: Provider, tmp_path: Path, field: str
) -> None:
    addresses = {"issuer": identity_provider.issuer, "desk": identity_provider.desk_url}
    at, desk = (addresses | {field: "https://aanmelden.huis.example"}).values()
    settings = tmp_path / "identity.json"
    settings.write_text(settings_text(at, desk, identity_provider.people, identity_provider.credentials))
    program = provider_program(ROOT, settings)
    ran = subprocess.run(program.command, cwd=ROOT, env=program.environment, capture_output=True, text=True, timeout=30)
    assert ran.returncode != 0
    assert "for development only" in ran.stderr


def test_settings_that_cannot_be_used_leave_those_before_in_use(identity_provider: Provider) -> None:
    whole = identity_provider.file.read_text()
    identity_provider.file.write_text(whole[:100])
    time.sleep(2 * LOOKS_AT_SETTINGS_EVERY_SECONDS)
    try:
        assert identity_provider.access_token("daan")
        assert identity_provider.is_ready()
    finally:
        identity_provider.write()
