"""marshmallow's errors as paths and reasons."""

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA


def located(error: ValidationError) -> Iterator[tuple[str, str]]:
    """The path and reason of each wrong field: `a.b[2].c`. The path is empty if the whole input is wrong."""
    return _flattened(_step("", error.field_name), error.messages)


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
