"""Profiles in TOML files. A service's schema declares the sections that the service uses, and ignores others.

A worker passes over keys that its version does not know, because workers of the version before may read the profiles of
the newer one. Whoever rolls out profiles refuses such keys, which may be misspelt (`deploy.topology`).
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import structlog
from marshmallow import Schema, ValidationError
from marshmallow.exceptions import SCHEMA

from shared.configuration.profile_format import ProfileFormat
from shared.schemas import ProfileSchema, schema_of
from shared.validation import located

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""An id of a house or partner. Ids are joined by dots in the names of queues and users, so they have no dots."""

Profile = TypeVar("Profile")
House = TypeVar("House", covariant=True)

HOUSE_FORMAT = Path(__file__).parents[2] / "houses" / "profile.schema.json"
NO_SLUG = "Must be lower-case letters, digits and dashes only."


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An entry of a profile of which only the code is read."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """An entry of a profile of which only the id is read."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entry of a profile of which only the name is read."""

    name: str


class HasHouse(Protocol[House]):
    """A section of a profile file that a service reads."""

    def house(self) -> House:
        """The same data as the service's rules use it."""


class ProfilesError(Exception):
    """Profiles are missing or wrong; the text has one line per problem, with file, path and reason."""


def slug(text: str) -> None:
    """A marshmallow validator: raises ValidationError if the text is no SLUG."""
    if not SLUG.fullmatch(text):
        raise ValidationError(NO_SLUG)


def load_profiles(
    directory: Path, profile: type[Profile], named_by: str = "house", format: ProfileFormat | None = None
) -> Mapping[str, Profile]:
    """The profiles in the `*.toml` files of a directory, by id. Raises ProfilesError with all problems of all files.

    named_by: the key with the id, which is also the file's name, so that ids are unique. format: the allowed keys.
    """
    schema = schema_of(profile, ProfileSchema)
    profiles: dict[str, Any] = {}
    problems: list[str] = []
    for file in sorted(directory.glob("*.toml")):
        try:
            profiles[file.stem] = _load(file, schema, named_by, format)
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{file.name}: not TOML: {error}")
        except ValidationError as error:
            problems += [f"{file.name}: {path or 'profile'}: {reason}" for path, reason, _ in located(error)]
    if not profiles and not problems:
        problems.append(f"{directory}: no profile (*.toml) found")
    if problems:
        raise ProfilesError("\n".join(problems))
    return MappingProxyType(profiles)


def house_loader(profile: type[HasHouse[House]]) -> Callable[[Path], Mapping[str, House]]:
    """A function that reads the houses of a directory, by id, and caches them. The function raises ProfilesError."""

    @cache
    def load_houses(directory: Path) -> Mapping[str, House]:
        try:
            format = ProfileFormat(HOUSE_FORMAT)
        except OSError as error:
            raise ProfilesError(f"{HOUSE_FORMAT}: {error.strerror}") from error
        profiles = load_profiles(directory, profile, format=format)
        return MappingProxyType({id: read.house() for id, read in profiles.items()})

    return load_houses


def _load(file: Path, schema: Schema, named_by: str, format: ProfileFormat | None) -> Any:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    if content.get(named_by) != file.stem:
        raise ValidationError({named_by: [f"is not the name of the file, {file.stem!r}"]})
    if not SLUG.fullmatch(file.stem):
        raise ValidationError({named_by: [NO_SLUG]})
    if format:
        _check(file, content, format)
    return schema.load(content)


def _check(file: Path, content: Mapping[str, Any], format: ProfileFormat) -> None:
    """Raises ValidationError."""
    if wrong := dict(format.problems(content)):
        raise ValidationError({path or SCHEMA: [reason] for path, reason in wrong.items()})
    if unknown := sorted(format.unknown_keys(content)):
        structlog.get_logger().warning("keys of a profile passed over", file=file.name, keys=unknown)
