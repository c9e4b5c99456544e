"""marshmallow schemas of messages: field names are in camelCase on the wire and in snake_case in Python."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing
from marshmallow.fields import Field, List, Nested
from marshmallow.validate import Length

from shared.days import FIRST_DAY, LAST_DAY, OUTSIDE
from shared.validation import MOST_PROBLEMS, Reason, WrongItems

CAMEL_CASE = re.compile(r"[a-z][A-Za-z0-9]*")
UNKNOWN_FIELD = Reason("Unknown field.", "unknown_field")
NOT_AN_OBJECT = Reason("Must be an object.", "not_an_object")
REASONS: Mapping[str, Reason] = {
    "required": Reason("Missing data for required field.", "required"),
    "null": Reason("Field may not be null.", "null"),
    "Not a valid string.": Reason("Must be a text.", "not_a_text"),
    "Not a valid integer.": Reason("Must be a whole number.", "not_an_integer"),
    "Not a valid number.": Reason("Must be a number.", "not_a_number"),
    "Not a valid boolean.": Reason("Must be true or false.", "not_a_boolean"),
    "Not a valid UUID.": Reason("Must be a UUID.", "not_a_uuid"),
    "Not a valid date.": Reason("Must be a date, written as 2015-03-10.", "not_a_date"),
    "Not a valid datetime.": Reason("Must be a moment, written as 2015-03-10T12:00:00Z.", "not_a_moment"),
    "Not a valid list.": Reason("Must be a list.", "not_a_list"),
    "Not a valid mapping type.": NOT_AN_OBJECT,
    "Invalid input type.": NOT_AN_OBJECT,
}
"""Ours for marshmallow's errors, by the error's key or text."""


def camel_case(name: str) -> str:
    """`referral_id` becomes `referralId`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake_case(name: str) -> str:
    """`referralId` becomes `referral_id`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


class NameField(fields.String):
    """A text that is a field name: in camelCase on the wire, in snake_case in Python."""

    def _serialize(self, value: Any, *args: Any, **options: Any) -> Any:
        return None if value is None else camel_case(value)

    def _deserialize(self, *args: Any, **options: Any) -> Any:
        on_the_wire = super()._deserialize(*args, **options)
        if not CAMEL_CASE.fullmatch(on_the_wire):  # else `progress_made` and `progressMade` would be one field
            raise ValidationError(UNKNOWN_FIELD)
        return snake_case(on_the_wire)


class Measured:
    """A field of many values, which are counted before any of them is read."""

    validators: list[Any]

    @cached_property
    def lengths(self) -> list[Length]:
        """The bounds of their number."""
        return [validate for validate in self.validators if isinstance(validate, Length)]

    def measure(self, values: Any) -> None:
        """Raises ValidationError."""
        for check in self.lengths:
            check(values)


class Items(Measured, List[Any]):
    """A list on the wire, a tuple in Python: the fields of frozen classes must be immutable.

    No item of a list that is too long is read, and after MOST_PROBLEMS the rest of the items is not read.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise self.make_error("invalid")
        self.measure(value)
        items, wrong = [], WrongItems()
        for position, item in enumerate(value):
            try:
                items.append(self.inner.deserialize(item, **options))
            except ValidationError as error:
                items += [] if error.valid_data is None else [error.valid_data]
                wrong.add(position, error)
                if wrong.enough:
                    break
        if wrong.messages:
            raise ValidationError(wrong.messages, valid_data=items)
        return tuple(items)


class DayField(fields.Date):
    """A date within the bounds that hold for all dates."""

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> date:
        try:
            return day_of(value) if isinstance(value, str) else super()._deserialize(value, *args, **options)
        except OutsideBounds:
            raise ValidationError(Reason(OUTSIDE, "not_a_possible_day")) from None
        except ValueError:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from None


class OutsideBounds(ValueError):
    """A date that no field can have: 0001-01-01, 9999-12-31."""


def day_of(text: str) -> date:
    """The date that a text names: `2015-03-10`. Raises ValueError, OutsideBounds."""
    if len(text) != 10 or text[4:8:3] != "--":
        raise ValueError
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutsideBounds
    return day


class PlainType(NamedTuple):
    """The value types of a field without options. parse: makes the Python value of the wire value; None if equal."""

    wire: type
    python: type
    parse: Callable[[Any], Any] | None = None


PLAIN_TYPES: Mapping[type[Field[Any]], PlainType] = {
    fields.String: PlainType(str, str),
    fields.Integer: PlainType(int, int),
    fields.Boolean: PlainType(bool, bool),
    fields.UUID: PlainType(str, UUID, UUID),
    DayField: PlainType(str, date, day_of),
}


class NoType:
    """No value has this type."""


NOT_PLAIN = PlainType(NoType, NoType)


class WireField(NamedTuple):
    """A field by its name on the wire. name: in Python. default: the value if the field is left out; missing for none.

    goes_without: may be left out.
    """

    name: str
    field: Field[Any]
    plain: PlainType
    goes_without: bool
    default: Any


class MessageSchema(Schema):
    """A tolerant schema: unknown fields are ignored.

    Plain fields with values of the expected type bypass marshmallow, which is slow; an object with any other value goes
    through marshmallow, which collects all errors. A dump keeps UUIDs and dates as objects: orjson writes them.

    message_class: the class of loaded and dumped objects; None for dicts.
    """

    message_class: ClassVar[type | None] = None
    error_messages = {"unknown": UNKNOWN_FIELD, "type": NOT_AN_OBJECT}

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_obj.data_key or camel_case(field_name)
        give_codes(field_obj)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A short cut for dicts: marshmallow would also look for dotted paths, indexes and attributes."""
        return obj.get(attr, default) if type(obj) is dict else super().get_attribute(obj, attr, default)

    def load(self, data: Any, *, many: bool | None = None, partial: Any = None, unknown: Any = None) -> Any:
        """An object as the schema describes it. Raises ValidationError."""
        if type(data) is dict and not many and partial is None and unknown is None and self.goes_the_short_way(data):
            try:
                return self._loaded(self.told(data))
            except (ValidationError, ValueError):
                pass
        return super().load(data, many=many, partial=partial, unknown=unknown)

    def goes_the_short_way(self, data: dict[str, Any]) -> bool:
        """Whether an object may bypass marshmallow, and with it the schema's own hooks."""
        return not self._has_hooks

    def told(self, data: dict[str, Any]) -> dict[str, Any]:
        """The fields that count; a subclass may leave out those that say nothing."""
        return data

    def _deserialize(self, data: Any, **options: Any) -> Any:
        told = self._few_unknown(self.told(data)) if type(data) is dict else data
        loaded: Any = super()._deserialize(told, **options)
        return loaded if options["error_store"].errors or options.get("many") else self._instance(loaded)

    def _few_unknown(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data with the first of the unknown fields: each is a problem, and one more than are told is enough."""
        unknown = data.keys() - self._fields_to_load.keys()
        if len(unknown) <= MOST_PROBLEMS:
            return data
        surplus = set([name for name in data if name in unknown][MOST_PROBLEMS + 1 :])
        return {name: value for name, value in data.items() if name not in surplus}

    def _instance(self, loaded: dict[str, Any]) -> Any:
        return self.message_class(**loaded) if self.message_class else loaded

    def _loaded(self, data: dict[str, Any]) -> Any:
        """Raises ValidationError or ValueError at the first value that is not plain, or wrong."""
        if self.unknown != EXCLUDE and not data.keys() <= self._fields_to_load.keys():
            raise ValueError
        loaded = {}
        for key, (name, field, (wire_type, _, parse), goes_without, default) in self._fields_to_load.items():
            value = data.get(key, missing)
            if type(value) is wire_type:
                loaded[name] = parse(value) if parse else value
            elif value is missing and goes_without:
                if default is not missing:
                    loaded[name] = default
            elif value is None and field.allow_none:
                loaded[name] = None
            else:
                loaded[name] = field.deserialize(value, key, data)
        return self._instance(loaded)

    def _serialize(self, obj: Any, *, many: bool = False) -> Any:
        if many or not isinstance(obj, self.message_class or dict):
            return super()._serialize(obj, many=many)
        dumped = {}
        value_of: Callable[..., Any] = getattr if self.message_class else dict.get
        for key, (name, field, (_, python_type, _), *_) in self._fields_to_dump.items():
            value = value_of(obj, name, missing)
            if value is not None and type(value) is not python_type:
                value = field.serialize(name, obj, accessor=self.get_attribute)
            if value is not missing and (value is not None or self._dumps_null(field)):
                dumped[key] = value
        return dumped

    def _dumps_null(self, field: Field[Any]) -> bool:
        return True

    @cached_property
    def _has_hooks(self) -> bool:
        return any(self._hooks.values())

    @cached_property
    def _fields_to_load(self) -> Mapping[str, WireField]:
        return _wire_fields(self.load_fields, _plain_type_to_load)

    @cached_property
    def _fields_to_dump(self) -> Mapping[str, WireField]:
        return _wire_fields(self.dump_fields, _plain_type_to_dump)


def _wire_fields(
    schema_fields: Mapping[str, Field[Any]], plain_type_of: Callable[[Field[Any]], PlainType]
) -> Mapping[str, WireField]:
    return {
        str(field.data_key): WireField(
            field.attribute or name,
            field,
            plain_type_of(field),
            goes_without=not field.required and not callable(field.load_default),
            default=field.load_default,
        )
        for name, field in schema_fields.items()
    }


def _plain_type_to_load(field: Field[Any]) -> PlainType:
    if field.pre_load or field.post_load:
        return NOT_PLAIN
    if type(field) is Nested and not field.many:
        plain = PlainType(dict, NoType, field.schema.load)
    elif type(field) is Items:
        plain = PlainType(list, NoType, partial(_plain_items, _plain_type_to_load(field.inner), field.lengths))
    else:
        plain = _plain_type_to_dump(field)
    return plain._replace(parse=_validated(field.validators, plain.parse)) if field.validators else plain


def _plain_items(plain: PlainType, lengths: Sequence[Length], items: list[Any]) -> tuple[Any, ...]:
    """Raises ValidationError if the list is too long or too short, ValueError if an item is not plain."""
    for check in lengths:
        check(items)
    if any(type(item) is not plain.wire for item in items):
        raise ValueError
    return tuple(map(plain.parse, items) if plain.parse else items)


def _validated(validators: Sequence[Callable[[Any], Any]], parse: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    """Parses a value and validates it. The first error is enough: marshmallow then collects all."""

    def parsed(value: Any) -> Any:
        value = parse(value) if parse else value
        for validate in validators:
            validate(value)
        return value

    return parsed


def _plain_type_to_dump(field: Field[Any]) -> PlainType:
    """Validators do not count: marshmallow validates no dumped values."""
    return PLAIN_TYPES.get(type(field), NOT_PLAIN)


class StrictSchema(MessageSchema):
    """An unknown field is an error: for messages of partners and HTTP bodies."""

    class Meta:
        unknown = RAISE


class AnnouncedSchema(MessageSchema):
    """Leaves out optional fields that are None: for published events."""

    def _dumps_null(self, field: Field[Any]) -> bool:
        return field.required


class ProfileSchema(MessageSchema):
    """For sections of a profile: keys are in snake_case, and undeclared keys are ignored (other services read them)."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_obj.data_key or field_name
        give_codes(field_obj)


def give_codes(field: Field[Any]) -> None:
    """Give the errors of a field, and of the items of a list, our reasons with their codes."""
    for key, text in field.error_messages.items():
        if isinstance(text, str):
            plain = text.replace("{obj_type}", getattr(field, "OBJ_TYPE", ""))
            field.error_messages[key] = REASONS.get(key) or REASONS.get(plain) or text
    if isinstance(field, List):
        give_codes(field.inner)


def names_in(schema: Schema) -> Iterator[str]:
    """The wire names of a schema's fields and of its nested fields."""
    for field in schema.fields.values():
        yield str(field.data_key)
        below = field.inner if isinstance(field, List) else field
        if isinstance(below, Nested):
            yield from names_in(below.schema)
