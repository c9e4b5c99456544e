"""What may be told of a message to somebody who may not read it."""

from collections.abc import Set
from typing import Any

from shared.messaging.envelope import ATTRIBUTES, parse


def outline_of(body: bytes, names: Set[str] = frozenset()) -> Any:
    """The structure of a message. names: of the fields that its readers know, besides the attributes of an envelope.

    Raises Rejected, with the reason, when it is no JSON object.
    """
    return structure_of(parse(body), ATTRIBUTES | names)


def structure_of(value: Any, names: Set[str]) -> Any:
    """A JSON value with each text, number and truth value replaced by what it is, and how long.

    A field's name is its sender's text too: one that is not among `names` may be anything, and gives way to its place.
    """
    match value:
        case dict():
            return {
                name if name in names else f"…{place}": structure_of(below, names)
                for place, (name, below) in enumerate(value.items(), start=1)
            }
        case list():
            return [structure_of(item, names) for item in value]
        case str():
            return f"text of {len(value)}"
        case bool():
            return "truth value"
        case int() | float():
            return f"number of {len(str(value))}"
        case _:
            return None
