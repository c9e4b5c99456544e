"""Derives the marshmallow schema of a typed class (a message, command, answer or profile) from its annotations.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class ReferralWeighed:
        referral_id: UUID
        briefing_on: date
        opens_table: str | None = None

    schema_of(ReferralWeighed, MessageSchema).load({"referralId": "…", "briefingOn": "2015-03-10"})
    # ReferralWeighed(referral_id=UUID("…"), briefing_on=date(2015, 3, 10), opens_table=None)

A field without a default is required. `X | None` may be null. `Annotated` adds details to a type:

    lines: Annotated[tuple[Line, ...], Length(1, 50)]                          # bounds of shared.bounds
    amount: Annotated[Decimal, partial(fields.Decimal, places=2)]              # the marshmallow field itself
    year: Annotated[int, {"description": "of the report"}]                     # shown in OpenAPI
    id: Annotated[str, slug]                                                   # a marshmallow validator
"""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, is_dataclass
from dataclasses import Field as DataclassField
from dataclasses import fields as fields_of_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from marshmallow import ValidationError, fields, validate
from marshmallow.fields import Field

from shared.bounds import Check, Length, NamesField, Pattern, Range, Refuse
from shared.days import DayBound
from shared.schemas.fast import DayField, Items, Measured, MessageSchema, NameField
from shared.validation import Reason

FIELDS: Mapping[Any, type[Field[Any]]] = {
    str: fields.String,
    int: fields.Integer,
    float: fields.Float,
    bool: fields.Boolean,
    UUID: fields.UUID,
    date: DayField,
    datetime: fields.AwareDateTime,
    Decimal: fields.Decimal,
    Any: fields.Raw,
}
"""The marshmallow field of each plain type."""

REQUIRED = object()
Base = TypeVar("Base", bound=MessageSchema)


class Hint(NamedTuple):
    """A parsed annotation. extras: the arguments of `Annotated` after the type."""

    type: Any
    extras: tuple[Any, ...]
    nullable: bool


class ByName(Measured, fields.Dict):
    """Values by name. The path of an error is `outcome.progressMade`, not `outcome.progressMade.value`."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        if isinstance(value, Mapping):
            self.measure(value)
        try:
            return super()._deserialize(value, attr, data, **options)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            raise ValidationError({name: next(iter(of.values())) for name, of in error.messages.items()}) from None


def schema_of(message: type, base: type[Base]) -> Base:
    """The schema of a dataclass or named tuple. base: the treatment of unknown fields and None."""
    schema: Base = _schema_of(message, base)
    return schema


@cache
def _schema_of(message: type, base: type) -> Any:
    hints = get_type_hints(message, include_extras=True)
    declared = {name: _field(hints[name], base, default) for name, default in _defaults(message).items()}
    about = {"message_class": message, "__doc__": message.__doc__}
    return type(message.__name__, (base,), declared | about)()


def _defaults(message: type) -> Mapping[str, Any]:
    """The default of each field, or REQUIRED, in the order of the fields."""
    if not is_dataclass(message):
        return {name: message._field_defaults.get(name, REQUIRED) for name in message._fields}  # type: ignore[attr-defined]
    return {declared.name: _default(declared) for declared in fields_of_dataclass(message)}


def _default(declared: DataclassField[Any]) -> Any:
    if declared.default_factory is not MISSING:
        return declared.default_factory()
    return REQUIRED if declared.default is MISSING else declared.default


def _field(annotation: Any, base: type[MessageSchema], default: Any = REQUIRED) -> Field[Any]:
    hint = parsed(annotation)
    nullable = hint.nullable or hint.type is Any
    options: dict[str, Any] = {"allow_none": nullable, "validate": list(_validators(hint.extras))}
    options |= {"required": True} if default is REQUIRED else {"load_default": default}
    for description in (extra for extra in hint.extras if isinstance(extra, dict)):
        options["metadata"] = description
    if any(isinstance(extra, NamesField) for extra in hint.extras):
        return NameField(**options)
    explicit = next((extra for extra in hint.extras if isinstance(extra, partial)), None)
    return explicit(**options) if explicit else _field_of_type(hint.type, base, options)


def parsed(annotation: Any) -> Hint:
    if get_origin(annotation) is Annotated:
        hint = parsed(annotation.__origin__)
        return hint._replace(extras=(*hint.extras, *annotation.__metadata__))
    if get_origin(annotation) in (Union, types.UnionType):
        [not_none] = (member for member in get_args(annotation) if member is not types.NoneType)
        return parsed(not_none)._replace(nullable=True)
    return Hint(annotation, (), nullable=False)


def _validators(extras: Sequence[Any]) -> Iterator[Any]:
    for extra in extras:
        match extra:
            case Length(least, most):
                yield validate.Length(least, most, error=_length_reason(least, most))
            case Range(least, most):
                yield validate.Range(least, most, error=_range_reason(least, most))
            case Pattern(expression, code, reason):
                yield WholePattern(expression, error=Reason(reason, code))
            case Check() | dict() | partial() | NamesField() | DayBound():
                pass
            case _:
                yield extra
    if checks := [extra for extra in extras if isinstance(extra, Check)]:
        yield _validator(checks)


def _length_reason(least: int | None, most: int | None) -> Reason:
    if most is None:
        return Reason(f"Shorter than minimum length {least}.", "too_short")
    return Reason(f"Must be at most {most} long, and at least {least or 0}.", "wrong_length")


def _choice(values: Sequence[Any], options: dict[str, Any]) -> Field[Any]:
    return fields.String(
        **options | {"validate": [*options["validate"], validate.OneOf(values, error=_one_of(values))]}
    )


def _enum_field(enum: type[Enum], options: dict[str, Any]) -> Field[Any]:
    field = fields.Enum(enum, by_value=True, **options)
    field.error_messages["unknown"] = _one_of([member.value for member in enum])
    return field


def _one_of(values: Sequence[Any]) -> Reason:
    return Reason(f"Must be one of: {', '.join(map(str, values))}.", "unknown_value")


def _range_reason(least: int | None, most: int | None) -> Reason:
    bounds = [f"at least {least}"] if least is not None else []
    bounds += [f"at most {most}"] if most is not None else []
    return Reason(f"Must be {' and '.join(bounds)}.", "out_of_range")


class WholePattern(validate.Regexp):
    """A regular expression that the whole text matches, its last line feed as well."""

    def __call__(self, value: Any) -> Any:
        if not self.regex.fullmatch(value):
            raise ValidationError(self.error or self.default_message)
        return value


def _validator(checks: Sequence[Check]) -> Callable[[Any], None]:
    """One for all checks of a field: marshmallow takes its time for each."""
    each = [(check.holds, isinstance(check, Refuse), Reason(check.reason, check.code)) for check in checks]

    def validate(value: Any) -> None:
        for holds, refused, _ in each:
            if bool(holds(value)) is refused:
                raise ValidationError([reason for holds, refused, reason in each if bool(holds(value)) is refused])

    return validate


def _field_of_type(kind: Any, base: type[MessageSchema], options: dict[str, Any]) -> Field[Any]:
    arguments = get_args(kind)
    match get_origin(kind) or kind:
        case plain if plain in FIELDS:
            return FIELDS[plain](**options)
        case origin if origin is Literal:
            return _choice(arguments, options)
        case origin if origin in (tuple, list, Sequence) and arguments:
            return Items(_field(arguments[0], base), **options)
        case origin if origin in (dict, Mapping) and arguments:
            return ByName(keys=_field(arguments[0], base), values=_field(arguments[1], base), **options)
        case type() as enum if issubclass(enum, Enum):
            return _enum_field(enum, options)
        case type() as nested if is_dataclass(nested) or hasattr(nested, "_fields"):
            return fields.Nested(schema_of(nested, base), **options)
    raise TypeError(f"{kind}: there is no marshmallow field for this type")
