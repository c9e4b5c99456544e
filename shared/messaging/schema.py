"""Schemas for what goes over the wire: camelCase outside, snake_case inside."""

from collections.abc import Iterator
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError
from marshmallow.exceptions import SCHEMA
from marshmallow.fields import Field

from shared.messaging.outcomes import Problem


def camel_case(name: str) -> str:
    """`referral_id` becomes `referralId`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


class MessageSchema(Schema):
    """Tolerant: fields that the reader does not know are left out."""

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_obj.data_key or camel_case(field_name)


class StrictSchema(MessageSchema):
    """An unknown field is an error: for what partners and people send."""

    class Meta:
        unknown = RAISE


def problems_of(error: ValidationError) -> list[Problem]:
    """Each wrong field of a failed load, by its path on the wire: `a.b[2].c`; empty when the whole is wrong."""
    return [Problem(path, reason) for path, reason in _flattened(_step("", error.field_name), error.messages)]


def _flattened(path: str, messages: Any) -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, below in messages.items():
            yield from _flattened(_step(path, key), below)
    elif isinstance(messages, list):
        for message in messages:
            yield from _flattened(path, message)
    else:
        yield path, str(messages)


def _step(path: str, key: Any) -> str:
    if key == SCHEMA:
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
