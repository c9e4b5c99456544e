"""Schemas for what goes over the wire: camelCase outside, snake_case inside."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing
from marshmallow.fields import Field, List, Nested


def camel_case(name: str) -> str:
    """`referral_id` becomes `referralId`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake_case(name: str) -> str:
    """`referralId` becomes `referral_id`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


class NameField(fields.String):
    """A text that is the name of a field."""

    def _serialize(self, value: Any, *args: Any, **options: Any) -> Any:
        return None if value is None else camel_case(value)

    def _deserialize(self, *args: Any, **options: Any) -> Any:
        return snake_case(super()._deserialize(*args, **options))


class Plain(NamedTuple):
    """A kind of field whose values are what they are: how they look on the wire, and how they are made of that."""

    on_the_wire: type
    inside: type
    made_by: Callable[[Any], Any] | None = None


PLAIN: Mapping[type[Field[Any]], Plain] = {
    fields.String: Plain(str, str),
    fields.Integer: Plain(int, int),
    fields.Boolean: Plain(bool, bool),
    fields.UUID: Plain(str, UUID, UUID),
    fields.Date: Plain(str, date, date.fromisoformat),
}


class Nothing:
    """No value is of this type."""


OTHER = Plain(Nothing, Nothing)


class MessageSchema(Schema):
    """Tolerant: fields that the reader does not know are left out.

    marshmallow prepares for the worst with each field. Here plain fields with plain values go a short way, and
    whatever is not that, or wrong, goes marshmallow's own. A dump leaves UUIDs and dates to orjson.

    message_class: of what is loaded and dumped; without one, a dict.
    """

    message_class: ClassVar[type | None] = None

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_obj.data_key or camel_case(field_name)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """marshmallow's own also looks for dotted paths, indexes and attributes."""
        return obj.get(attr, default) if type(obj) is dict else super().get_attribute(obj, attr, default)

    def _deserialize(self, data: Any, **options: Any) -> Any:
        if type(data) is dict and options.get("partial") is None and not options.get("many"):
            try:
                if options["unknown"] == EXCLUDE or data.keys() <= self._ways_in.keys():
                    return self._made(self._loaded(data))
            except (ValidationError, ValueError):
                pass  # marshmallow's own way finds all that is wrong
        loaded: Any = super()._deserialize(data, **options)
        return loaded if options["error_store"].errors or options.get("many") else self._made(loaded)

    def _made(self, loaded: dict[str, Any]) -> Any:
        return self.message_class(**loaded) if self.message_class else loaded

    def _loaded(self, data: dict[str, Any]) -> dict[str, Any]:
        loaded = {}
        for key, (name, field, (on_the_wire, _, made_by)) in self._ways_in.items():
            value = data.get(key, missing)
            if type(value) is on_the_wire:
                loaded[name] = made_by(value) if made_by else value
            elif (value := field.deserialize(value, key, data)) is not missing:
                loaded[name] = value
        return loaded

    def _serialize(self, obj: Any, *, many: bool = False) -> Any:
        if many or not isinstance(obj, self.message_class or dict):
            return super()._serialize(obj, many=many)
        dumped = {}
        value_of: Callable[..., Any] = getattr if self.message_class else dict.get
        for key, (name, field, (_, inside, _)) in self._ways_out.items():
            value = value_of(obj, name, missing)
            if value is not None and type(value) is not inside:
                value = field.serialize(name, obj, accessor=self.get_attribute)
            if value is not missing and (value is not None or self._says_null(field)):
                dumped[key] = value
        return dumped

    def _says_null(self, field: Field[Any]) -> bool:
        return True

    @cached_property
    def _ways_in(self) -> "Ways":
        return _ways(self.load_fields, _way_in)

    @cached_property
    def _ways_out(self) -> "Ways":
        return _ways(self.dump_fields, _way_out)


Ways = Mapping[str, tuple[str, Field[Any], Plain]]
"""Of each field, by its name on the wire: its name inside, and which way it goes."""


def _ways(of: Mapping[str, Field[Any]], way: Callable[[Field[Any]], Plain]) -> Ways:
    return {str(field.data_key): (field.attribute or name, field, way(field)) for name, field in of.items()}


def _way_in(field: Field[Any]) -> Plain:
    does_more = field.validators or field.pre_load or field.post_load
    return OTHER if does_more else _way_out(field)


def _way_out(field: Field[Any]) -> Plain:
    """Nothing is validated on its way out."""
    return PLAIN.get(type(field), OTHER)


class StrictSchema(MessageSchema):
    """An unknown field is an error: for what partners and people send."""

    class Meta:
        unknown = RAISE


class AnnouncedSchema(MessageSchema):
    """Leaves out what is None by default: for events."""

    def _says_null(self, field: Field[Any]) -> bool:
        return field.required


class ProfileSchema(MessageSchema):
    """Of a part of a profile: keys are as they are inside, and what it does not declare is somebody else's."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_obj.data_key or field_name


def names_in(schema: Schema) -> Iterator[str]:
    """The names on the wire of a schema's fields, and of those below them."""
    for field in schema.fields.values():
        yield str(field.data_key)
        below = field.inner if isinstance(field, List) else field
        if isinstance(below, Nested):
            yield from names_in(below.schema)
