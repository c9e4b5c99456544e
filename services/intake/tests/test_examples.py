"""Every example is one that intake would publish, or accept from the partner that it comes from."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from services.intake.accepting import ACCEPTS
from services.intake.partners.reader import PartnerReader
from services.intake.profile import load_houses
from services.intake.service import PUBLISHES
from services.intake.tests.given import MESSAGE_KEY, delivery
from shared.messaging.envelope import envelope_of
from shared.messaging.publishing import schemas_of
from shared.messaging.sealing import Sealer

EXAMPLES = Path(__file__).resolve().parents[1] / "messages/examples"
HOUSES = load_houses(EXAMPLES.parents[3] / "houses")
SCHEMAS = schemas_of(PUBLISHES)


def example(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def types_in(directory: Path) -> set[str]:
    return {envelope_of(example(path), "services").type for path in directory.glob("*.json")}


def test_there_is_an_example_of_each_type() -> None:
    assert types_in(EXAMPLES) == set(PUBLISHES)
    assert types_in(EXAMPLES / "partners") == set(ACCEPTS)


@pytest.mark.parametrize("type", PUBLISHES)
def test_a_published_example_goes_out_as_it_stands_there(type: str) -> None:
    document = example(EXAMPLES / f"{type}.json")
    assert envelope_of(document, "services").type == type
    schema = SCHEMAS[type]
    assert orjson.loads(orjson.dumps(schema.dump(schema.load(document["data"])))) == document["data"]


@pytest.mark.parametrize("type", ACCEPTS)
def test_a_partners_example_is_accepted_from_the_partner_that_it_comes_from(type: str) -> None:
    document = example(EXAMPLES / "partners" / f"{type}.json")
    house = HOUSES["hollands-midden"]
    partner = next(partner for partner in house.partners.values() if partner.source == document["source"])
    reader = PartnerReader(ACCEPTS, HOUSES, Sealer(MESSAGE_KEY), now=lambda: datetime(2015, 12, 31, tzinfo=UTC))
    reading = reader.read(delivery(document, partner, house))
    assert reading.problems == ()


def test_every_message_of_a_partner_has_its_answer_to_a_repetition() -> None:
    assert [type for type, route in ACCEPTS.items() if route.repeat is None] == []
