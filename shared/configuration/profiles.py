"""Profiles: one TOML file each, checked at start by a schema that declares only the sections its reader uses."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError


class ProfilesError(Exception):
    """All that is wrong with a directory of profiles: one line per problem, with file, path and reason."""


class ProfileSchema(Schema):
    """Base of a reader's schema: what it does not declare is somebody else's."""

    class Meta:
        unknown = EXCLUDE


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
            problems += [f"{file.name}: {path}: {reason}" for path, reason in located(error.messages)]
    if not profiles and not problems:
        problems.append(f"{directory}: no profile (*.toml) found")
    if problems:
        raise ProfilesError("\n".join(problems))
    return MappingProxyType(profiles)


def _load(file: Path, schema: Schema, named_by: str) -> Any:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    if content.get(named_by) != file.stem:
        raise ValidationError({named_by: [f"is not the name of the file, {file.stem!r}"]})
    return schema.load(content)


def located(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """A marshmallow error's nested messages as pairs of path (`municipalities[3].sub_region`) and reason."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from located(inner, _step(path, key))
    elif isinstance(messages, list):
        for reason in messages:
            yield from located(reason, path)
    else:
        yield path or "profile", str(messages)


def _step(path: str, key: Any) -> str:
    if key == "_schema":
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
