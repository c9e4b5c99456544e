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
    """Settings are missing or wrong; the text names all of them, without values."""


@dataclass(frozen=True)
class Setting:
    """One setting, as READMEs list it. default: the text as in the environment; None for a required setting."""

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
    """A dataclass field, read from the environment variable `name`. parse: raises ValueError for a wrong value."""
    metadata = {"setting": Setting(name, description, default, secret, parse)}
    if default is None:
        return field(metadata=metadata, repr=not secret)
    return field(default=parse(default), metadata=metadata, repr=not secret)


def declared_settings(cls: type) -> Iterator[Setting]:
    """The settings that a class declares; those of its base classes come first."""
    return (attribute.metadata["setting"] for attribute in fields(cls))


S = TypeVar("S")


def from_environment(cls: type[S], environment: Mapping[str, str] = os.environ) -> S:
    """An instance of the settings class. Raises SettingsError, which names all missing and wrong settings."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for attribute in fields(cls):  # type: ignore[arg-type]
        declared: Setting = attribute.metadata["setting"]
        text = environment.get(declared.name) or declared.default
        if text is None:
            problems.append(f"{declared.name} is missing ({declared.description})")
            continue
        try:
            values[attribute.name] = declared.parse(text)
        except ValueError:
            problems.append(f"{declared.name} is wrong (expected: {declared.description})")
    if problems:
        raise SettingsError("settings: " + "; ".join(problems))
    return cls(**values)
