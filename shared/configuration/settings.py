"""Settings of a process: declared once, read from the environment, listed in its README.

@dataclass(frozen=True, kw_only=True)
class IntakeSettings(ServiceSettings):
    batch_size: int = setting("BATCH_SIZE", "messages handled in one transaction", default="100", parse=int)

settings = from_environment(IntakeSettings)
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar


class SettingsError(Exception):
    """Every setting that is missing or wrong, by name and never with its value."""


@dataclass(frozen=True)
class Setting:
    """One setting as a README lists it. `default` is text as in the environment; None means required."""

    name: str
    description: str
    default: str | None
    secret: bool
    parse: Callable[[str], Any] = field(repr=False)


def setting(
    name: str,
    description: str,
    *,
    default: str | None = None,
    parse: Callable[[str], Any] = str,
    secret: bool = False,
) -> Any:
    """A field that is read from the environment variable `name`; `parse` raises ValueError on a wrong value."""
    metadata = {"setting": Setting(name, description, default, secret, parse)}
    if default is None:
        return field(metadata=metadata, repr=not secret)
    return field(default=parse(default), metadata=metadata, repr=not secret)


def declared_settings(cls: type) -> Iterator[Setting]:
    """The settings that a class declares, its bases' first."""
    return (each.metadata["setting"] for each in fields(cls))


S = TypeVar("S")


def from_environment(cls: type[S], environment: Mapping[str, str] = os.environ) -> S:
    """The settings of `cls`; raises one SettingsError that names all that are missing or wrong."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for each in fields(cls):  # type: ignore[arg-type]
        declared: Setting = each.metadata["setting"]
        text = environment.get(declared.name) or declared.default
        if text is None:
            problems.append(f"{declared.name} is missing ({declared.description})")
            continue
        try:
            values[each.name] = declared.parse(text)
        except ValueError:
            problems.append(f"{declared.name} is wrong (expected: {declared.description})")
    if problems:
        raise SettingsError("settings: " + "; ".join(problems))
    return cls(**values)
