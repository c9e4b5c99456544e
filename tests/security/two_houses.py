"""The houses of these tests: the one that ships, and a neighbour whose names look as much like it as they can."""

import shutil
import tomllib
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "houses"
NEIGHBOUR = "hollands-midden-oost"
NEIGHBOURS_PARTNERS = ("halt", "dji", "halt-in")


def write_profiles(directory: Path) -> Path:
    """Both profiles, in a directory that is made."""
    shutil.copytree(SHIPPED, directory)
    partners = "".join(f'[[partners]]\nid = "{partner}"\n' for partner in NEIGHBOURS_PARTNERS)
    (directory / f"{NEIGHBOUR}.toml").write_text(f'house = "{NEIGHBOUR}"\n{partners}')
    return directory


def partners() -> frozenset[str]:
    """The broker users of all partners of both houses."""
    [shipped] = (tomllib.loads(path.read_text()) for path in SHIPPED.glob("*.toml"))
    of_shipped = {f"{shipped['house']}.{partner['id']}" for partner in shipped["partners"]}
    return frozenset(of_shipped | {f"{NEIGHBOUR}.{partner}" for partner in NEIGHBOURS_PARTNERS})
