"""JSON from outside, read within limits."""

from typing import Any

import orjson

MOST_BYTES = 64 * 1024
MOST_LEVELS = 32


class JsonError(ValueError):
    """The text is not JSON, or beyond a limit; str() is the reason, without the text itself."""


class TooLargeError(JsonError):
    """The text has more than MOST_BYTES."""


def parse(text: bytes) -> Any:
    """Parse UTF-8 of at most 64 KB, 32 levels deep, without NUL (PostgreSQL stores none). Raises JsonError."""
    if len(text) > MOST_BYTES:
        raise TooLargeError(f"is over {MOST_BYTES // 1024} KB")
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise JsonError("is not JSON") from None
    if text.count(b"{") + text.count(b"[") > MOST_LEVELS and _levels(document) > MOST_LEVELS:
        raise JsonError(f"is nested deeper than {MOST_LEVELS} levels")
    if b"\\u0000" in text and b"\\u0000" in orjson.dumps(document).replace(b"\\\\", b""):
        raise JsonError("holds a NUL character")
    return document


def _levels(document: Any) -> int:
    """The nesting depth of a document: 0 for a plain value, 2 for `[[]]`."""
    levels, layer = 0, [document]
    while containers := [item for item in layer if isinstance(item, dict | list)]:
        levels += 1
        layer = [value for item in containers for value in (item.values() if isinstance(item, dict) else item)]
    return levels
