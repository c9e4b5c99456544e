"""The houses of these tests: the one that ships, and a neighbour whose names look as much like it as they can."""

import re
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


def neighbours_whole_profile() -> str:
    """The profile that ships, as one of the neighbour and its partners."""
    [shipped] = SHIPPED.glob("*.toml")
    sections = re.split(r"^(?=\[)", shipped.read_text(), flags=re.MULTILINE)
    kept = "".join(section for section in sections if _is_of_neighbour(section))
    of_partners = re.sub(r"^(contact|partner) = .*$", rf'\1 = "{NEIGHBOURS_PARTNERS[0]}"', kept, flags=re.MULTILINE)
    return of_partners.replace(f'house = "{shipped.stem}"', f'house = "{NEIGHBOUR}"')


def _is_of_neighbour(section: str) -> bool:
    ids = {f'id = "{partner}"' for partner in NEIGHBOURS_PARTNERS}
    return not section.startswith("[[partners]]") or not ids.isdisjoint(section.splitlines())


def partners() -> frozenset[str]:
    """The broker users of all partners of both houses."""
    [shipped] = (tomllib.loads(path.read_text()) for path in SHIPPED.glob("*.toml"))
    of_shipped = {f"{shipped['house']}.{partner['id']}" for partner in shipped["partners"]}
    return frozenset(of_shipped | {f"{NEIGHBOUR}.{partner}" for partner in NEIGHBOURS_PARTNERS})
