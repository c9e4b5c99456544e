"""What every page works with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app

from desk.attempts import Attempts
from desk.database import Database
from desk.houses import House
from desk.provider import Provider
from desk.services import Services
from desk.settings import DeskSettings

NAME = "desk"


@dataclass(frozen=True)
class Parts:
    """The parts of one desk. houses: by id, as in the profiles."""

    settings: DeskSettings
    database: Database
    provider: Provider
    services: Services
    houses: Mapping[str, House]
    attempts: Attempts = field(default_factory=Attempts)


def parts() -> Parts:
    """The parts of the desk that answers this request."""
    found: Parts = current_app.extensions[NAME]
    return found
