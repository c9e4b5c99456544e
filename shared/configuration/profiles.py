"""Profiles: one TOML file each, checked at start by a schema that declares only the sections its reader uses."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from marshmallow import Schema, ValidationError
from marshmallow.exceptions import SCHEMA

from shared.configuration.profile_format import ProfileFormat
from shared.schemas import ProfileSchema, schema_of
from shared.validation import located

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The ids of houses and partners: they are parts of the names of queues and users, with dots between them."""

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
    """The part of a profile that a service reads, as it stands in the file."""

    def house(self) -> House:
        """The same as the service's rules use it."""


class ProfilesError(Exception):
    """All that is wrong with a directory of profiles: one line per problem, with file, path and reason."""


def slug(text: str) -> None:
    """For `validate`: raises ValidationError unless it is a SLUG."""
    if not SLUG.fullmatch(text):
        raise ValidationError(NO_SLUG)


def load_profiles(
    directory: Path, profile: type[Profile], named_by: str = "house", format: ProfileFormat | None = None
) -> Mapping[str, Profile]:
    """Each `*.toml` of `directory` as a profile of this class, by the value of its key `named_by`.

    format: says which keys a profile may have.

    That value is also the file's name, so that one installation cannot hold two profiles of the same name.
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
            problems += [f"{file.name}: {path or 'profile'}: {reason}" for path, reason in located(error)]
    if not profiles and not problems:
        problems.append(f"{directory}: no profile (*.toml) found")
    if problems:
        raise ProfilesError("\n".join(problems))
    return MappingProxyType(profiles)


def house_loader(profile: type[HasHouse[House]]) -> Callable[[Path], Mapping[str, House]]:
    """A function that reads the houses of a directory by id, each once. It raises ProfilesError."""

    @cache
    def load_houses(directory: Path) -> Mapping[str, House]:
        profiles = load_profiles(directory, profile, format=ProfileFormat(HOUSE_FORMAT))
        return MappingProxyType({id: read.house() for id, read in profiles.items()})

    return load_houses


def _load(file: Path, schema: Schema, named_by: str, format: ProfileFormat | None) -> Any:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    if content.get(named_by) != file.stem:
        raise ValidationError({named_by: [f"is not the name of the file, {file.stem!r}"]})
    if not SLUG.fullmatch(file.stem):
        raise ValidationError({named_by: [NO_SLUG]})
    if wrong := dict(format.problems(content)) if format else {}:
        raise ValidationError({path or SCHEMA: [reason] for path, reason in wrong.items()})
    return schema.load(content)
