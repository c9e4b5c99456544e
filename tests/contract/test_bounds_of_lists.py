"""No partner can send a list without a bound: its length is checked before any item is read."""

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema
from marshmallow.fields import List, Mapping, Nested

from services.intake.service import ACCEPTS
from shared.schemas.fast import Items


def collections_in(schema: Schema, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in schema.fields.items():
        if isinstance(field, List | Mapping):
            yield f"{path}{name}", field
        below = field.inner if isinstance(field, List) else field
        if isinstance(below, Nested):
            yield from collections_in(below.schema, f"{path}{name}.")


LISTS = [(type, *found) for type, route in ACCEPTS.items() for found in collections_in(route.schema)]


def test_partners_send_lists() -> None:
    assert len(LISTS) > 2


@pytest.mark.parametrize(("type", "path", "field"), LISTS, ids=[f"{type} {path}" for type, path, _ in LISTS])
def test_a_list_that_partners_send_has_a_bound(type: str, path: str, field: Any) -> None:
    assert isinstance(field, Items), "of others no length is checked before the items"
    assert any(check.max for check in field.lengths), f"{path} of {type} may be of any length"
