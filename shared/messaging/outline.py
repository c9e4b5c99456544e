"""The structure of a message without its values, for operators who may not read the message."""

from collections.abc import Set
from typing import Any

from shared.messaging.envelope import ATTRIBUTES, parse


def outline_of(body: bytes, names: Set[str] = frozenset()) -> Any:
    """The structure of a message. names: known field names of its data; the envelope's attributes are always known.

    Raises Rejected, with the reason, if the body is no JSON object.
    """
    return structure_of(parse(body), ATTRIBUTES | names)


def structure_of(value: Any, names: Set[str]) -> Any:
    """A JSON value with each text, number and truth value replaced by its kind and length.

    Unknown field names may hold personal data, so each is replaced by its position in the object. With `names` {"bsn"},
    `{"bsn": "123456782", "Jan": 1}` becomes `{"bsn": "text of 9", "…2": "number of 1"}`.
    """
    match value:
        case dict():
            return {
                name if name in names else f"…{position}": structure_of(member, names)
                for position, (name, member) in enumerate(value.items(), start=1)
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
