"""What may be told of a message to somebody who may not read it."""

import re
from typing import Any

from shared.messaging.envelope import parse

PLAIN_NAME = re.compile(r"\w{1,40}", re.ASCII)


def outline_of(body: bytes) -> Any:
    """The structure of a message. Raises Rejected, with the reason, when it is no JSON object."""
    return structure_of(parse(body))


def structure_of(value: Any) -> Any:
    """A JSON value with each text, number and truth value replaced by what it is, and how long.

    Names of fields stay, unless they are no plain words: then they may be anything.
    """
    match value:
        case dict():
            return {name if PLAIN_NAME.fullmatch(name) else "…": structure_of(below) for name, below in value.items()}
        case list():
            return [structure_of(item) for item in value]
        case str():
            return f"text of {len(value)}"
        case bool():
            return "truth value"
        case int() | float():
            return f"number of {len(str(value))}"
        case _:
            return None
