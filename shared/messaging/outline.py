"""The structure of a message without its values, for operators who may not read the message."""

import re
from collections.abc import Collection, Iterator, Mapping, Set
from typing import Any

from shared.messaging.envelope import ATTRIBUTES, parse

INDEXED_NAME = re.compile(r"(\w+)(\[\d{1,5}\])*")
MOST_MEMBERS = 500
"""So many members are shown of a message, on all levels together."""


def outline_of(body: bytes, names: Set[str] = frozenset()) -> Any:
    """The structure of a message. names: known field names of its data; the envelope's attributes are always known.

    Raises Rejected, with the reason, if the body is no JSON object.
    """
    return structure_of(parse(body), ATTRIBUTES | names)


def structure_of(value: Any, names: Set[str]) -> Any:
    """A JSON value with each text, number and truth value replaced by its kind and length.

    Unknown field names may hold personal data, so each is replaced by its position in the object. With `names` {"bsn"},
    `{"bsn": "123456782", "Jan": 1}` becomes `{"bsn": "text of 9", "…2": "number of 1"}`. After MOST_MEMBERS the rest
    is counted in place of the next member: `"2500 more"`.
    """
    return _Structure(names).of(value)


def shown_field(field: str, names: Set[str]) -> str:
    """The path of a wrong field without unknown names: `data.subject.Jansen` becomes `data.subject.…`."""
    known = ATTRIBUTES | names
    parts = (INDEXED_NAME.fullmatch(part) for part in field.split("."))
    return field and ".".join(part[0] if part and part[1] in known else "…" for part in parts)


class _Structure:
    """The structure of one document; counts how many members may still be shown."""

    def __init__(self, names: Set[str]) -> None:
        self._names = names
        self._left = MOST_MEMBERS

    def of(self, value: Any) -> Any:
        match value:
            case dict():
                return dict(self._members(value))
            case list():
                return list(self._items(value))
            case str():
                return f"text of {len(value)}"
            case bool():
                return "truth value"
            case int() | float():
                return f"number of {len(str(value))}"
            case _:
                return None

    def _members(self, members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for position, (name, structure) in enumerate(
            zip(members, self._items(members.values()), strict=False), start=1
        ):
            yield name if name in self._names else f"…{position}", structure

    def _items(self, items: Collection[Any]) -> Iterator[Any]:
        for position, item in enumerate(items):
            if not self._left:
                yield f"{len(items) - position} more"
                return
            self._left -= 1
            yield self.of(item)
