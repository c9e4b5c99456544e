"""Keys are rotated in steps, each of which every process that runs can read."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.credentials import Credentials, write_private
from deploy.rotation import UnknownSecret, WrongStep, begun, ended, rotated, switched
from deploy.topology import Topology
from shared.keys import Keys
from shared.web.tokens import Tokens


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    (tmp_path / "north.toml").write_text('house = "north"\n[[partners]]\nid = "police"\n')
    return Credentials.complete({}, Topology.load(tmp_path))


@pytest.mark.parametrize("key", ["1:AAAA", "AAAA"], ids=["with a number", "of the time before numbers"])
def test_every_process_can_open_what_those_of_the_step_before_and_after_seal(key: str) -> None:
    steps = [key]
    for step in (begun, switched, ended):
        steps.append(step(steps[-1]))
    for before, after in pairwise(steps):
        assert before.split(",")[0] in after.split(",") and after.split(",")[0] in before.split(",")
    assert steps[-1] not in steps[0]


def test_each_key_has_the_next_number(credentials: Credentials) -> None:
    for step in ("begin", "switch", "end") * 2:
        credentials = rotated(credentials, "MASTER_KEY", step)
    numbers = {key.number for keys in credentials.master_keys.values() for key in Keys.parse(keys).all}
    assert numbers == {3}


def test_the_message_keys_of_all_services_are_rotated_together(credentials: Credentials) -> None:
    after = rotated(credentials, "MESSAGE_KEY", "begin")
    assert {len(Keys.parse(keys).all) for keys in after.message_keys.values()} == {2}
    assert (after.intake_keys, after.master_keys) == (credentials.intake_keys, credentials.master_keys)


def test_a_step_that_does_not_follow_is_refused_and_changes_nothing(credentials: Credentials, tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    write_private(file, json.dumps(asdict(credentials)))
    command = [sys.executable, "-m", "deploy.rotation", str(file), "INDEX_KEY"]
    assert subprocess.run([*command, "switch"]).returncode == 1
    assert Credentials.read(file) == credentials
    assert subprocess.run([*command, "begin"]).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert Credentials.read(file) != credentials
    with pytest.raises(WrongStep):
        begun("1:A,2:B")
    with pytest.raises(WrongStep):
        ended("1:A,2:B")
    with pytest.raises(WrongStep):
        switched("2:B,1:A")


def holders(credentials: Credentials, file: Path, *tokens: str) -> list[str | None]:
    """Whom a service that has just been started takes the bearers of these tokens for."""
    file.write_text(json.dumps(credentials.api_tokens()))
    known = Tokens.load(file)
    return [_name(known, token) for token in tokens]


def _name(known: Tokens, token: str) -> str | None:
    identity = known.identity(token)
    return identity.name if identity else None


def test_a_new_token_is_valid_beside_the_old_one_until_the_rotation_ends(
    credentials: Credentials, tmp_path: Path
) -> None:
    during = rotated(credentials, "API_TOKENS", "begin")
    after = rotated(during, "API_TOKENS", "end")
    old, new = (each.tokens["north"]["reader"] for each in (credentials, during))
    assert holders(credentials, tmp_path / "tokens", old, new) == ["reader", None]
    assert holders(during, tmp_path / "tokens", old, new) == ["reader", "reader"]
    assert holders(after, tmp_path / "tokens", old, new) == [None, "reader"]
    assert not {*during.tokens["north"].values()} & {*credentials.tokens["north"].values()}


def test_the_old_tokens_stay_valid_when_the_settings_are_made_again(credentials: Credentials, tmp_path: Path) -> None:
    during = rotated(credentials, "API_TOKENS", "begin")
    write_private(tmp_path / "secrets.json", json.dumps(asdict(during)))
    assert Credentials.provide(tmp_path / "secrets.json", Topology.load(tmp_path)) == during


@pytest.mark.parametrize("secret", ["API_TOKENS", "PASSWORDS"])
@pytest.mark.parametrize("steps", [["end"], ["switch"], ["begin", "begin"], ["begin", "end", "end"]])
def test_a_step_with_tokens_or_passwords_that_does_not_follow_is_refused(
    credentials: Credentials, steps: list[str], secret: str
) -> None:
    for step in steps[:-1]:
        credentials = rotated(credentials, secret, step)
    with pytest.raises(WrongStep):
        rotated(credentials, secret, steps[-1])


def test_passwords_of_all_but_partners_are_rotated_together(credentials: Credentials) -> None:
    during = rotated(credentials, "PASSWORDS", "begin")
    kept = {user for user, password in during.broker.items() if password == credentials.broker[user]}
    assert kept == {"north.police"}
    for before, after in ((credentials.postgres, during.postgres), (credentials.databases, during.databases)):
        assert before.keys() == after.keys() and not {*before.values()} & {*after.values()}
    assert during.cookie != credentials.cookie
    assert during.former_postgres == credentials.postgres
    assert rotated(during, "PASSWORDS", "end") == replace(during, former_postgres={})


def test_a_partner_gets_a_new_password_alone(credentials: Credentials) -> None:
    after = rotated(credentials, "north.police", "begin")
    assert after.broker["north.police"] != credentials.broker["north.police"]
    assert replace(after, broker=credentials.broker) == credentials
    with pytest.raises(WrongStep):
        rotated(after, "north.police", "end")


@pytest.mark.parametrize("secret", ["intake", "operator", "north.nobody", "PASSWORD"])
def test_what_is_no_secret_is_named(credentials: Credentials, secret: str) -> None:
    with pytest.raises(UnknownSecret, match=secret):
        rotated(credentials, secret, "begin")
