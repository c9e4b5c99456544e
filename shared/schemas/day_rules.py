"""The bounds of days (`shared.days`) of a command or message, checked on the loaded object.

broken_days(HeldConversation, conversation, today, house.began_on)
# [InFuture("heldOn")], if the conversation was held tomorrow
"""

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from shared.days import DayBound
from shared.rules import BrokenRule
from shared.schemas.derived import parsed
from shared.schemas.fast import camel_case

Rules = Callable[[str, Any, date, date], Iterator[BrokenRule]]


class BoundField(NamedTuple):
    """A field that is a day with bounds, or has such days in it. broken: the rules that its value breaks."""

    name: str
    wire_name: str
    broken: Rules


def broken_days(kind: type, message: object, today: date, began_on: date) -> Iterator[BrokenRule]:
    """Each day of a message that lies outside of its bounds, by its path on the wire.

    kind: the dataclass or named tuple. message: an object of that class, or what stands in for one of which some fields
    are wrong by their form; a wrong field reads as None. began_on: the day on which the house began.
    """
    return _broken_in("", message, today, began_on, bound_fields(kind))


@cache
def bound_fields(kind: type) -> tuple[BoundField, ...]:
    """The fields of a class with bounds of days in them; empty for most classes."""
    hints = get_type_hints(kind, include_extras=True)
    names = getattr(kind, "_fields", None) or getattr(kind, "__dataclass_fields__", ())
    found = [(name, _rules(hints[name])) for name in names or ()]
    return tuple(BoundField(name, camel_case(name), rules) for name, rules in found if rules)


def _rules(annotation: Any) -> Rules | None:
    hint = parsed(annotation)
    for bound in (extra for extra in hint.extras if isinstance(extra, DayBound)):
        return bound.broken
    arguments = get_args(hint.type)
    if get_origin(hint.type) is tuple and arguments:
        return _rules_of_items(arguments[0])
    if (is_dataclass(hint.type) or hasattr(hint.type, "_fields")) and (fields := bound_fields(hint.type)):
        return lambda path, value, today, began_on: _broken_in(f"{path}.", value, today, began_on, fields)
    return None


def _rules_of_items(annotation: Any) -> Rules | None:
    rules = _rules(annotation)
    if not rules:
        return None
    return lambda path, items, today, began_on: (
        broken
        for position, item in enumerate(items)
        if item is not None
        for broken in rules(f"{path}[{position}]", item, today, began_on)
    )


def _broken_in(
    prefix: str, message: Any, today: date, began_on: date, fields: tuple[BoundField, ...]
) -> Iterator[BrokenRule]:
    for name, wire_name, broken in fields:
        if (value := getattr(message, name)) is not None:
            yield from broken(prefix + wire_name, value, today, began_on)
