"""The houses of these tests: the one that ships, and a neighbour whose names look as much like it as they can."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

from replay.profile import toml_of

SHIPPED = Path(__file__).parents[2] / "houses"
NEIGHBOUR = "hollands-midden-oost"
NEIGHBOURS_PARTNERS = ("halt", "dji", "halt-in")


def write_profiles(directory: Path) -> Path:
    """Both profiles, in a directory that is made."""
    shutil.copytree(SHIPPED, directory)
    partners = "".join(f'[[partners]]\nid = "{partner}"\n' for partner in NEIGHBOURS_PARTNERS)
    (directory / f"{NEIGHBOUR}.toml").write_text(f'house = "{NEIGHBOUR}"\n{partners}')
    return directory


def neighbours_whole_profile() -> str:
    """The profile that ships, as one of the neighbour and its partners."""
    shipped = _shipped()
    partners = [partner for partner in shipped["partners"] if partner["id"] in NEIGHBOURS_PARTNERS]
    return toml_of(_answered_for(shipped | {"house": NEIGHBOUR, "partners": partners}))


def _answered_for(value: Any) -> Any:
    """A part of a profile in which one partner of the neighbour is the contact and the partner of everything."""
    if isinstance(value, list):
        return [_answered_for(each) for each in value]
    if isinstance(value, dict):
        own = NEIGHBOURS_PARTNERS[0]
        return {key: own if key in ("contact", "partner") else _answered_for(each) for key, each in value.items()}
    return value


def _shipped() -> dict[str, Any]:
    [path] = SHIPPED.glob("*.toml")
    return tomllib.loads(path.read_text())


def partners() -> frozenset[str]:
    """The broker users of all partners of both houses."""
    shipped = _shipped()
    of_shipped = {f"{shipped['house']}.{partner['id']}" for partner in shipped["partners"]}
    return frozenset(of_shipped | {f"{NEIGHBOUR}.{partner}" for partner in NEIGHBOURS_PARTNERS})
