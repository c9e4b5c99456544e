"""Every example is one that intake would publish, or accept from the partner that it comes from."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from services.intake.config import load_houses
from services.intake.ingress import PartnerReader
from services.intake.messages.published import PUBLISHES
from services.intake.service import ACCEPTS
from services.intake.tests.given import delivery
from shared.messaging.envelope import envelope_of

EXAMPLES = Path(__file__).resolve().parents[2] / "messages/examples"
HOUSES = load_houses(EXAMPLES.parents[3] / "houses")


def example(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_is_an_example_of_each_type() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.json")} == set(PUBLISHES)
    assert {path.stem for path in (EXAMPLES / "partners").glob("*.json")} == set(ACCEPTS)


@pytest.mark.parametrize("type", PUBLISHES)
def test_a_published_example_goes_out_as_it_stands_there(type: str) -> None:
    document = example(EXAMPLES / f"{type}.json")
    assert envelope_of(document).type == type
    data = PUBLISHES[type].load(document["data"])
    assert orjson.loads(orjson.dumps(PUBLISHES[type].dump(data))) == document["data"]


@pytest.mark.parametrize("type", ACCEPTS)
def test_a_partners_example_is_accepted_from_the_partner_that_it_comes_from(type: str) -> None:
    document = example(EXAMPLES / "partners" / f"{type}.json")
    house = HOUSES["hollands-midden"]
    partner = next(each for each in house.partners.values() if each.source == document["source"])
    reader = PartnerReader(ACCEPTS, now=lambda: datetime(2015, 12, 31, tzinfo=UTC))
    reader.listen_to(HOUSES)
    reading = reader.read(delivery(document, partner, house))
    assert reading.problems == ()
