"""A case: what partners and people of a house do, step by step, and what they may expect. See README.md."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACEHOLDER = re.compile(r"\{\{([^}]+)\}\}")
OF_A_STEP = {"as", "say", "show", "expect"}


class BadCase(Exception):
    """The file is no case; the message says where and why."""


@dataclass(frozen=True)
class Step:
    """does: the step's own fields. name: under which later steps find the outcome. show: the paths to print.

    expect: values of the outcome by path.
    """

    does: Mapping[str, Any]
    name: str
    says: str
    show: tuple[str, ...]
    expect: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """waits_for: what the platform still lacks for the case to end as expected; empty if it lacks nothing."""

    name: str
    house: str
    waits_for: str
    steps: tuple[Step, ...]


def read_case(file: Path) -> Case:
    """The case in a file, or in `input.json` of a folder. Raises BadCase."""
    file = file / "input.json" if file.is_dir() else file
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return Case(
            name=written.get("case", file.stem),
            house=written.get("house", "hollands-midden"),
            waits_for=written.get("waits_for", ""),
            steps=tuple(_step(step) for step in written["steps"]),
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadCase(f"{file} is not a case with a list of `steps`: {error!r}") from error


def _step(written: dict[str, Any]) -> Step:
    return Step(
        does={key: value for key, value in written.items() if key not in OF_A_STEP},
        name=written.get("as", ""),
        says=written.get("say", ""),
        show=tuple(written.get("show", ())),
        expect=written.get("expect", {}),
    )


def at(path: str, value: Any) -> Any:
    """What stands at a path: `errors.0.code`; `errors.*.code` is the list of all; `count` the length of a list.

    None if nothing stands there.
    """
    head, _, rest = path.partition(".")
    if head == "*":
        return [at(rest, item) for item in value or ()]
    if isinstance(value, list):
        found = len(value) if head == "count" else value[int(head)] if int(head) < len(value) else None
    else:
        found = value.get(head) if isinstance(value, dict) else None
    return at(rest, found) if rest else found


def filled(written: Any, outcomes: Mapping[str, Any]) -> Any:
    """A step's fields with the value for each `{{name.path}}`. Raises BadCase if there is none."""
    if isinstance(written, dict):
        return {key: filled(value, outcomes) for key, value in written.items()}
    if isinstance(written, list):
        return [filled(value, outcomes) for value in written]
    if isinstance(written, str):
        return PLACEHOLDER.sub(lambda found: _value(found[1], outcomes), written)
    return written


def _value(path: str, outcomes: Mapping[str, Any]) -> str:
    value = at(path, dict(outcomes))
    if value is None:
        raise BadCase(f"no step before gave {path}")
    return str(value)


def differences(expect: Mapping[str, Any], outcome: Any) -> list[str]:
    """A sentence for each value that is not as expected."""
    return [
        f"{path} should be {_text(wanted)}, and is {_text(at(path, outcome))}"
        for path, wanted in expect.items()
        if at(path, outcome) != wanted
    ]


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
