"""Nobody can send a list without a bound: its length is checked before any item is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from marshmallow import Schema
from marshmallow.fields import List, Mapping, Nested

from services.intake.accepting import ACCEPTS
from shared.schemas import StrictSchema, schema_of
from shared.schemas.fast import Measured
from shared.web import openapi_document
from shared.web.openapi import offers_of
from tests.contract.declared import SERVICES, service_class

UNREAD = {f"{service} POST /v1/parked-messages/<int:id>/corrections message" for service in SERVICES}
"""A corrected message is not read by the command, but taken from its queue as any other."""


def collections_in(schema: Schema, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in schema.fields.items():
        if isinstance(field, List | Mapping):
            yield f"{path}{name}", field
        below = field.inner if isinstance(field, List) else field
        if isinstance(below, Nested):
            yield from collections_in(below.schema, f"{path}{name}.")


def has_a_bound(field: Any) -> bool:
    """Whether the length of a list is checked, before its items are."""
    return isinstance(field, Measured) and any(check.max for check in field.lengths)


def in_partners_messages() -> Iterator[tuple[str, Any]]:
    for type, route in ACCEPTS.items():
        yield from collections_in(route.schema, f"{type} ")


def in_commands() -> Iterator[tuple[str, Any]]:
    for service in SERVICES:
        for offer in offers_of(service_class(service)):
            if offer.takes:
                yield from collections_in(offer.takes, f"{service} {offer.method} {offer.url} ")


SENT = dict([*in_partners_messages(), *in_commands()])


def test_partners_and_callers_send_lists() -> None:
    assert len(dict(in_partners_messages())) > 2
    assert len(dict(in_commands())) > 2


@pytest.mark.parametrize("path", sorted(SENT.keys() - UNREAD))
def test_a_list_that_somebody_sends_has_a_bound(path: str) -> None:
    assert has_a_bound(SENT[path]), f"{path} may be of any length, or is measured after its items were read"


@dataclass(frozen=True)
class Endless:
    names: tuple[str, ...]


def test_a_list_without_a_bound_is_found() -> None:
    [(path, field)] = collections_in(schema_of(Endless, StrictSchema))
    assert (path, has_a_bound(field)) == ("names", False)


def test_the_document_tells_how_many_values_by_name_there_may_be() -> None:
    closing = openapi_document(service_class("meetings"))["components"]["schemas"]["Closing"]["properties"]["outcome"]
    assert (closing["minProperties"], closing["maxProperties"]) == (1, 50)
    assert "maxLength" not in closing
