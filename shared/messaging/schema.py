"""Schemas for what goes over the wire: camelCase outside, snake_case inside."""

from collections.abc import Iterator
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError
from marshmallow.fields import Field, List, Nested

from shared.messaging.outcomes import Problem
from shared.validation import located


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

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """marshmallow's own also looks for dotted paths, indexes and attributes: half the time of a dump."""
        return obj.get(attr, default) if type(obj) is dict else super().get_attribute(obj, attr, default)


class StrictSchema(MessageSchema):
    """An unknown field is an error: for what partners and people send."""

    class Meta:
        unknown = RAISE


def names_in(schema: Schema) -> Iterator[str]:
    """The names on the wire of a schema's fields, and of those below them."""
    for field in schema.fields.values():
        yield str(field.data_key)
        below = field.inner if isinstance(field, List) else field
        if isinstance(below, Nested):
            yield from names_in(below.schema)


def problems_of(error: ValidationError) -> list[Problem]:
    """Each wrong field of a failed load, by its path on the wire: `a.b[2].c`; empty when the whole is wrong."""
    return [Problem(path, reason) for path, reason in located(error)]
