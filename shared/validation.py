"""marshmallow's errors as paths, reasons and codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

INVALID = "invalid"
"""The code of an error whose reason carries no code."""
MOST_PROBLEMS = 100
"""The maximum of problems that one input is answered and parked with."""


class Reason(str):
    """An error text with a code, `not_a_date`, that stays the same when the text is worded anew."""

    code: str

    def __new__(cls, text: str, code: str) -> "Reason":
        reason = super().__new__(cls, text)
        reason.code = code
        return reason

    def __deepcopy__(self, _memo: object) -> "Reason":
        """marshmallow copies the fields of a schema."""
        return self

    def format(self, *arguments: object, **named: object) -> "Reason":
        """marshmallow fills in the bounds of a field."""
        return Reason(super().format(*arguments, **named), self.code)


class Located(NamedTuple):
    """One wrong field."""

    path: str
    reason: str
    code: str


def located(error: ValidationError) -> Iterator[Located]:
    """The path, reason and code of each wrong field: `a.b[2].c`. The path is empty if the whole input is wrong."""
    return _flattened(_step("", error.field_name), error.messages)


@dataclass
class WrongItems:
    """The errors of a list's items by position. A list is read up to the item with which `enough` becomes true."""

    messages: dict[int, Any] = field(default_factory=dict)
    _problems: int = 0

    def add(self, position: int, error: ValidationError) -> None:
        self.messages[position] = error.messages
        self._problems += sum(1 for _ in located(error))

    @property
    def enough(self) -> bool:
        """Whether there are more problems than are told."""
        return self._problems > MOST_PROBLEMS


def _flattened(path: str, messages: Any) -> Iterator[Located]:
    if isinstance(messages, dict):
        for key, below in messages.items():
            yield from _flattened(_step(path, key), below)
    elif isinstance(messages, list):
        for message in messages:
            yield from _flattened(path, message)
    else:
        yield Located(path, str(messages), getattr(messages, "code", INVALID))


def _step(path: str, key: Any) -> str:
    if key == SCHEMA:
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
