"""What a management report comes down to, whichever year it is of."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def digest(report: Mapping[str, Any]) -> str:
    """The sha256 of a report without its year and dates: the same work in two years has the same digest."""
    return hashlib.sha256(json.dumps(_without_year(report), sort_keys=True).encode()).hexdigest()


def _without_year(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_year(below) for name, below in value.items() if name != "year"}
        case list():
            return [_without_year(below) for below in value]
        case str() if DATE.match(value):
            return None
        case _:
            return value
