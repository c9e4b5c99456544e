"""The format of profiles: a JSON Schema that lists all keys, so that a misspelt key is refused."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError


class ProfileFormat:
    """file: the JSON Schema. Objects in it have `additionalProperties: false`. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self._validator = Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))

    def problems(self, profile: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The path (`tables[2].rythm`) and reason of each wrong or unknown key."""
        for error in self._validator.iter_errors(profile):
            path = error.json_path.removeprefix("$").removeprefix(".")
            if error.validator == "additionalProperties":
                yield from ((f"{path}.{key}".removeprefix("."), "is no key of a profile") for key in _unknown(error))
            else:
                yield path, error.message


def _unknown(error: ValidationError) -> list[str]:
    """The object's keys that its schema does not list."""
    return [key for key in error.instance if key not in error.schema["properties"]]
