"""What the desk reads of a house's profile: how people call the house and its partners."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.configuration.profiles import load_profiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner of a house."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house of this installation."""

    house: str
    name: str
    partners: tuple[Partner, ...] = ()


def load_houses(directory: Path) -> Mapping[str, House]:
    """The houses of a directory by id. Raises ProfilesError."""
    return load_profiles(directory, House)


def organisation_of(id: str, houses: Mapping[str, House]) -> str:
    """How people call a house or a partner; its id if no profile has it."""
    partners = {partner.id: partner.name for house in houses.values() for partner in house.partners}
    return houses[id].name if id in houses else partners.get(id, id)
