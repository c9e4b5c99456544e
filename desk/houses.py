"""What the desk reads of a house's profile: how people call the house."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.configuration.profiles import load_profiles


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house of this installation."""

    house: str
    name: str


def load_houses(directory: Path) -> Mapping[str, House]:
    """The houses of a directory by id. Raises ProfilesError."""
    return load_profiles(directory, House)
