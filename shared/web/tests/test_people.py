"""A person's access token over HTTP: what comes back, what the log says, and a provider that is away."""

import time
from collections.abc import Iterator
from typing import Any

import eventlet
import pytest

from shared.testing.issuer import PERSON, Issuer, running_issuer
from shared.web.tests.conftest import Reply, Running, start_example

RIGHT = {**PERSON, "organisation": "halt", "functions": {"hollands-midden": ["process_director"]}}
PLAN = "/v1/plans/0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture(scope="module")
def example(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_example(tmp_path_factory.mktemp("example"), issuer=issuer)
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=10) == 0


def make_plan(example: Running, token: str, **headers: str) -> Reply:
    return example.ask("POST", PLAN, {"caseHolder": "ggd", "agreements": []}, token=token, headers=headers)


def test_a_person_acts_in_the_house_that_is_named_or_the_only_one(example: Running, issuer: Issuer) -> None:
    token = issuer.token(RIGHT)
    for headers in ({}, {"House": "hollands-midden"}):
        made = make_plan(example, token, **headers)
        assert (made.status, made.json["house"]) == (201, "hollands-midden")
    for house in ("elsewhere", "", "hollands-midden, elsewhere"):
        refused = make_plan(example, token, House=house)
        assert (refused.status, refused.json["detail"]) == (403, "The caller has no function in this house.")


def test_the_owner_of_a_token_of_the_file_may_name_its_house_and_no_other(example: Running) -> None:
    assert make_plan(example, "director", House="hollands-midden").status == 201
    assert make_plan(example, "director", House="elsewhere").status == 403


def test_the_log_says_who_asked_by_an_id_that_tells_nothing(example: Running, issuer: Issuer) -> None:
    token = issuer.token(RIGHT)
    make_plan(example, token)
    make_plan(example, "director")
    example.ask("GET", "/page")
    *_, person, program, anybody = (line for line in example.log_lines() if line["event"] == "request answered")
    assert (person["caller"], program["caller"], "caller" in anybody) == (PERSON["sub"], "token-file", False)
    log = example.log.read_text()
    assert not any(secret in log for secret in (PERSON["name"], "director", *token.split(".")))


@pytest.mark.parametrize(
    ("wrong", "detail", "claim"),
    [({"aud": "desk"}, "is unknown", "aud"), ({"exp": 1}, "has expired", "exp"), ({"sub": None}, "is unknown", None)],
)
def test_a_refusal_tells_nothing_of_the_token_and_the_log_says_which_claim_is_wrong(
    example: Running, issuer: Issuer, wrong: dict[str, Any], detail: str, claim: str | None
) -> None:
    refused = make_plan(example, issuer.token(RIGHT | wrong))
    assert (refused.status, refused.json["detail"]) == (401, f"This token {detail}.")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    *_, line = (line for line in example.log_lines() if line["event"] == "access token refused")
    assert line.get("claim") == claim
    assert PERSON["name"] not in example.log.read_text() + refused.text


def test_while_the_provider_is_waited_for_others_are_served_and_without_keys_nobody_is_called_unknown(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with running_issuer() as issuer:
        issuer.seconds, issuer.away = 1.5, True
        example = start_example(tmp_path_factory.mktemp("example"), issuer=issuer)
        colleague = Running(example.process, example.port, example.log)
        try:
            waiting = eventlet.spawn(make_plan, colleague, issuer.token(RIGHT))
            began = time.monotonic()
            eventlet.sleep(0.3)
            assert make_plan(example, "director").status == 201
            assert time.monotonic() - began < 1
            refused = waiting.wait()
            assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
            assert 'identity_key_fetches_total{outcome="failed"} 1.0' in example.ask("GET", "/metrics").text
        finally:
            example.process.terminate()
            example.process.wait(timeout=10)
