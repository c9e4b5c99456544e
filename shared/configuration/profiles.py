"""Profiles: one TOML file each, checked at start by a schema that declares only the sections its reader uses."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from shared.validation import located

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The ids of houses and partners: they are parts of the names of queues and users, with dots between them."""

NO_SLUG = "Must be lower-case letters, digits and dashes only."


class ProfilesError(Exception):
    """All that is wrong with a directory of profiles: one line per problem, with file, path and reason."""


class ProfileSchema(Schema):
    """Base of a reader's schema: what it does not declare is somebody else's."""

    class Meta:
        unknown = EXCLUDE


def slug(text: str) -> None:
    """For `validate`: raises ValidationError unless it is a SLUG."""
    if not SLUG.fullmatch(text):
        raise ValidationError(NO_SLUG)


def load_profiles(directory: Path, schema: Schema, named_by: str = "house") -> Mapping[str, Any]:
    """Each `*.toml` of `directory` as `schema` loads it, by the value of its key `named_by`.

    That value is also the file's name, so that one installation cannot hold two profiles of the same name.
    """
    profiles: dict[str, Any] = {}
    problems: list[str] = []
    for file in sorted(directory.glob("*.toml")):
        try:
            profiles[file.stem] = _load(file, schema, named_by)
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{file.name}: not TOML: {error}")
        except ValidationError as error:
            problems += [f"{file.name}: {path or 'profile'}: {reason}" for path, reason in located(error)]
    if not profiles and not problems:
        problems.append(f"{directory}: no profile (*.toml) found")
    if problems:
        raise ProfilesError("\n".join(problems))
    return MappingProxyType(profiles)


def _load(file: Path, schema: Schema, named_by: str) -> Any:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    if content.get(named_by) != file.stem:
        raise ValidationError({named_by: [f"is not the name of the file, {file.stem!r}"]})
    if not SLUG.fullmatch(file.stem):
        raise ValidationError({named_by: [NO_SLUG]})
    return schema.load(content)
