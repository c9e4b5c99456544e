"""Each example keeps CloudEvents 1.0 and the rules of the NL GOV profile 1.1, and gives nobody away."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from stdnum.nl import bsn

from tests.contract.declared import EVENTS, Example, examples_of_partners, examples_of_services

EXAMPLES = examples_of_services()
ALL = EXAMPLES + examples_of_partners()
REQUIRED = {"specversion", "id", "source", "type", "time", "datacontenttype"}
OPTIONAL = {"subject", "dataschema", "house", "correlationid"}
NUMBER = {"sequence", "sequencetype"}
MOST_BYTES = 64 * 1024
PLURAL = "([a-z]+-)*([a-z]+s|feedback)"  # feedback has no plural
TYPE = re.compile(rf"nl\.ketenhuis\.{PLURAL}\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*")
SOURCE = re.compile(r"urn:nld:[a-z0-9][a-z0-9:-]*")
PERSONAL_FIELDS = {"bsn", "familyName", "givenNames", "birthDate", "concern", "offence"}
CODED = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
"""A code, an id, a date."""
MOMENT, AMOUNT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)"), re.compile(r"-?\d+\.\d\d")
WRITTEN_BY_NOBODY = {"municipality", "subRegion", "currency", "number", "field"}
"""Fields of events whose texts come from a list: of places, of currencies, of invoices, of our own fields."""
TEXTS = {("conversations.reported.v1", "outcome"), ("submissions.judged.v1", "reason")}
"""The texts in events: what intake passed on to aftercare until v2, and what it says of a partner's message."""
NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")


def attributes(example: Example) -> dict[str, str]:
    return {name: value for name, value in example.message.items() if name != "data"}


def citizen_numbers(text: str) -> list[str]:
    """Nine digits in a text that pass the eleven test."""
    return [digits for digits in NINE_DIGITS.findall(text) if bsn.is_valid(digits)]


def leaves(data: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Each value in a document with the name of the field that holds it."""
    if isinstance(data, dict):
        for key, below in data.items():
            yield from leaves(below, key)
    elif isinstance(data, list):
        for below in data:
            yield from leaves(below, name)
    else:
        yield name, data


@pytest.mark.parametrize("example", ALL, ids=str)
def test_the_cloudevents_library_reads_it(example: Example) -> None:
    event = JSONFormat().read(CloudEvent, example.file.read_bytes())
    assert event.get_type() == example.message["type"]
    assert event.get_data() == example.message["data"]
    assert event.get_time() is not None


@pytest.mark.parametrize("example", ALL, ids=str)
def test_it_has_the_attributes_that_the_profile_asks_for_and_no_others(example: Example) -> None:
    names = set(attributes(example))
    assert names >= REQUIRED
    assert names <= REQUIRED | OPTIONAL | NUMBER
    assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in names)


@pytest.mark.parametrize("example", ALL, ids=str)
def test_its_id_is_a_uuid_and_its_type_and_source_are_formed_as_agreed(example: Example) -> None:
    message = example.message
    assert UUID(message["id"])
    assert TYPE.fullmatch(message["type"])
    assert SOURCE.fullmatch(message["source"])
    assert (message["specversion"], message["datacontenttype"]) == ("1.0", "application/json")


@pytest.mark.parametrize("example", ALL, ids=str)
def test_it_is_in_a_file_named_after_its_type_and_within_the_limit(example: Example) -> None:
    assert example.file.stem.startswith(example.type)
    assert example.file.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_a_service_publishes_tells_house_source_schema_and_what_set_it_off(example: Example) -> None:
    message = example.message
    assert message["house"]
    assert message["source"] == f"urn:nld:ketenhuis:{example.publisher}"
    assert message["dataschema"] == f"urn:nld:ketenhuis:schema:{example.type}"
    assert UUID(message["correlationid"])


@pytest.mark.parametrize("example", ALL, ids=str)
def test_what_a_partner_gets_has_a_number_on_its_stream_and_nothing_else_has(example: Example) -> None:
    message = example.message
    if example in EXAMPLES and example.type not in EVENTS:
        assert message["sequencetype"] == "Integer"
        assert re.fullmatch("[1-9][0-9]*", message["sequence"])
    else:
        assert not NUMBER & set(message)


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.type in EVENTS], ids=str)
def test_the_subject_of_an_event_is_a_uuid(example: Example) -> None:
    assert UUID(example.message["subject"])


@pytest.mark.parametrize("example", ALL, ids=str)
def test_no_attribute_tells_who_it_is_about(example: Example) -> None:
    personal = {str(value) for name, value in leaves(example.message["data"]) if name in PERSONAL_FIELDS}
    for value in attributes(example).values():
        assert not any(text in value for text in personal)
        assert citizen_numbers(value) == []


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.type in EVENTS], ids=str)
def test_no_event_between_services_tells_who_it_is_about(example: Example) -> None:
    data = example.message["data"]
    assert not PERSONAL_FIELDS & {name for name, _ in leaves(data)}
    assert citizen_numbers(json.dumps(data)) == []


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.type in EVENTS], ids=str)
def test_an_event_between_services_holds_ids_codes_dates_and_amounts(example: Example) -> None:
    texts = {name: value for name, value in leaves(example.message["data"]) if isinstance(value, str)}
    free = {name for name, text in texts.items() if not any(form.fullmatch(text) for form in (CODED, MOMENT, AMOUNT))}
    assert {(example.type, name) for name in free - WRITTEN_BY_NOBODY} <= TEXTS


@pytest.mark.parametrize("example", ALL, ids=str)
def test_a_citizen_number_in_an_example_is_a_test_number(example: Example) -> None:
    assert all(number.startswith("999") for number in citizen_numbers(json.dumps(example.message["data"])))
