"""The format of profiles: a JSON Schema that lists all keys, so that a misspelt key is found."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

UNKNOWN = "additionalProperties"


class ProfileFormat:
    """file: the JSON Schema. Objects in it have `additionalProperties: false`. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self._validator = Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))

    def problems(self, profile: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The path (`tables[2].rhythm`) and reason of each wrong or missing key."""
        for error in self._validator.iter_errors(profile):
            if error.validator != UNKNOWN:
                yield _path(error), error.message

    def unknown_keys(self, profile: Mapping[str, Any]) -> Iterator[str]:
        """The path (`tables[2].rythm`) of each key that the schema does not list."""
        for error in self._validator.iter_errors(profile):
            if error.validator == UNKNOWN:
                keys = (key for key in error.instance if key not in error.schema["properties"])
                yield from (f"{_path(error)}.{key}".removeprefix(".") for key in keys)


def _path(error: ValidationError) -> str:
    return str(error.json_path).removeprefix("$").removeprefix(".")
