"""What a handler works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from services.intake.config import IntakeSettings, load_houses
from services.intake.domain.house import House
from services.intake.storage.store import IntakeStore
from services.intake.storage.vault import Vault
from shared.house_unit import HouseUnit

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Unit(HouseUnit[House]):
    """One transaction of intake."""

    vault: Vault
    now: Clock

    @cached_property
    def store(self) -> IntakeStore:
        return IntakeStore(self.connection, self.vault, self.publishing.sealer)


def unit_factory(settings: IntakeSettings) -> Callable[..., Unit]:
    """Builds units that share the profiles and the keys."""
    houses = load_houses(settings.houses)
    vault = Vault(settings.master_key, settings.index_key)

    def unit(**transaction: Any) -> Unit:
        return Unit(vault=vault, houses=houses, now=system_clock, **transaction)

    return unit
