"""The houses of a country: each is the house that ships under another name, with a few partners and municipalities."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from deploy.local.stack import HOUSES

KEPT_PARTNERS = ("nationale-politie", "dji", "gemeente-leiden", "gemeente-gouda")
KEPT_MUNICIPALITIES = ("Leiden", "Gouda")


def small_profile(house: str) -> str:
    """Of a house of this name, as a profile is written."""
    shipped = tomllib.loads((HOUSES / "hollands-midden.toml").read_text())
    lines = (f"{key} = {_written(value)}\n" for key, value in kept_of({**shipped, "house": house}).items())
    return "".join(lines)


def kept_of(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Without partners and municipalities that are not kept, and without what is about none but them."""
    partners = {each["id"] for each in profile["partners"]}.difference(KEPT_PARTNERS)
    gone = partners | {each["name"] for each in profile["municipalities"]}.difference(KEPT_MUNICIPALITIES)
    return {key: _without(gone, value) for key, value in profile.items()}


def _without(gone: set[str], value: Any) -> Any:
    match value:
        case list():
            return [_without(gone, each) for each in value if not _is_about(gone, each)]
        case dict():
            return {key: _without(gone, each) for key, each in value.items()}
    return value


def _is_about(gone: set[str], value: Any) -> bool:
    """Whether it is one of those that are gone, or names one of them, or a list of nobody else."""
    if isinstance(value, dict):
        return any(_is_about(gone, each) for each in value.values() if not _has_tables(each))
    if isinstance(value, list):
        return bool(value) and all(_is_about(gone, each) for each in value)
    return isinstance(value, str) and value in gone


def _has_tables(value: Any) -> bool:
    """What is in these is cut for itself."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))


def _written(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key} = {_written(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
