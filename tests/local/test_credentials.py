"""Passwords, keys and tokens of an installation."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pytest

from deploy.credentials import Credentials
from deploy.topology import Topology
from shared.keys import Keys
from shared.web.tokens import Tokens


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    add_house(tmp_path, "north", "police")
    return tmp_path


def add_house(houses: Path, house: str, partner: str) -> None:
    (houses / f"{house}.toml").write_text(f'house = "{house}"\n[[partners]]\nid = "{partner}"\n')


def test_what_was_drawn_stays_when_a_house_is_added(houses: Path) -> None:
    before = Credentials.provide(houses / "secrets.json", Topology.load(houses))
    add_house(houses, "south", "probation")
    after = Credentials.provide(houses / "secrets.json", Topology.load(houses))
    assert before.broker.items() < after.broker.items()
    assert before.tokens.items() < after.tokens.items()
    assert before.databases == after.databases
    assert "south.probation" in after.broker


def test_the_master_key_of_a_file_from_before_stays_intakes_own(houses: Path) -> None:
    file, topology = houses / "secrets.json", Topology.load(houses)
    known = asdict(Credentials.complete({}, topology))
    known["intake_keys"]["MASTER_KEY"] = known.pop("master_keys")["intake"]
    file.write_text(json.dumps(known))
    after = Credentials.provide(file, topology)
    assert after.master_keys["intake"] == known["intake_keys"]["MASTER_KEY"]
    assert ({*after.master_keys}, {*after.intake_keys}) == ({*topology.services}, {"INDEX_KEY"})
    assert Credentials.read(file) == after


def test_the_file_is_its_owners_only(houses: Path) -> None:
    Credentials.provide(houses / "secrets.json", Topology.load(houses))
    assert (houses / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_no_two_are_the_same_and_keys_are_keys(houses: Path) -> None:
    drawn = Credentials.complete({}, Topology.load(houses))
    keys = [*drawn.message_keys.values(), *drawn.master_keys.values(), *drawn.intake_keys.values()]
    groups = (drawn.postgres, drawn.databases, drawn.broker, drawn.tokens["north"])
    values = [value for group in groups for value in group.values()] + keys
    assert len(set(values)) == len(values)
    assert {len(Keys.parse(key).all) for key in keys} == {1}


def test_services_know_a_caller_by_the_token_without_having_it(houses: Path) -> None:
    drawn = Credentials.complete({}, Topology.load(houses))
    file = houses / "api-tokens.json"
    file.write_text(json.dumps(drawn.api_tokens()))
    token = drawn.tokens["north"]["weighing_team"]
    identity = Tokens.load(file).identity(token)
    assert identity
    assert identity.functions == {"north": {"weighing_team"}}
    assert token not in file.read_text()
    assert sha256(token.encode()).hexdigest() in file.read_text()
