"""JSON from outside, read within limits."""

import json
from typing import Any

import orjson

MOST_BYTES = 64 * 1024
MOST_LEVELS = 32
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Stands before the text that some systems write; it means nothing."""


class JsonError(ValueError):
    """The text is not JSON, or beyond a limit; str() is the reason, without the text itself. code: the kind of it."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class TooLargeError(JsonError):
    """The text has more than MOST_BYTES."""


def parse(text: bytes) -> Any:
    """Parse UTF-8 of at most 64 KB, 32 levels deep, without NUL (PostgreSQL stores none). Raises JsonError.

    An object with two fields of one name is refused: two readers might take different ones. A byte order mark before
    the text is skipped.
    """
    if len(text) > MOST_BYTES:
        raise TooLargeError(f"is over {MOST_BYTES // 1024} KB", "too_large")
    try:
        document = orjson.loads(text.removeprefix(BYTE_ORDER_MARK))
    except orjson.JSONDecodeError:
        raise _not_json(text) from None
    if text.count(b"{") + text.count(b"[") > MOST_LEVELS and _levels(document) > MOST_LEVELS:
        raise JsonError(f"is nested deeper than {MOST_LEVELS} levels", "too_deep")
    if b"\\u0000" in text and b"\\u0000" in orjson.dumps(document).replace(b"\\\\", b""):
        raise JsonError("holds a NUL character", "nul_character")
    if _may_have_a_field_twice(document, text) and _has_a_field_twice(text.removeprefix(BYTE_ORDER_MARK)):
        raise JsonError("has two fields of one name in an object", "field_twice")
    return document


def _not_json(text: bytes) -> JsonError:
    try:
        text.decode()
    except UnicodeDecodeError:
        return JsonError("is not UTF-8", "not_utf8")
    return JsonError("is not JSON", "not_json")


def _may_have_a_field_twice(document: Any, text: bytes) -> bool:
    """Of a text without white space, as services write it, one comparison tells."""
    read = orjson.dumps(document)
    return read != text and _marks(read) != _marks(text)


def _marks(text: bytes) -> int:
    """A number that is smaller once a field is dropped: all quotation marks, but those behind a backslash."""
    return text.count(b'"') - text.count(b'\\"')


def _has_a_field_twice(text: bytes) -> bool:
    """Read once more, slowly: only few texts without such a field have other marks than what is read of them."""
    twice: list[bool] = []
    json.loads(text, object_pairs_hook=lambda fields: twice.append(len(fields) > len(dict(fields))))
    return any(twice)


def _levels(document: Any) -> int:
    """The nesting depth of a document: 0 for a plain value, 2 for `[[]]`."""
    levels, layer = 0, [document]
    while containers := [item for item in layer if isinstance(item, dict | list)]:
        levels += 1
        layer = [value for item in containers for value in (item.values() if isinstance(item, dict) else item)]
    return levels
