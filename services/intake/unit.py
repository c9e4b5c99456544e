"""What intake's look-ups and handlers work with besides the houses: the vault for person data, and a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from services.intake.house import House
from services.intake.settings import IntakeSettings
from services.intake.vault import SealedStore, Vault
from shared import unit
from shared.postgres import Store

Clock = Callable[[], datetime]
StoreKind = TypeVar("StoreKind", bound=Store)


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Lookup(unit.Lookup[House]):
    """A transaction of intake that cannot write."""

    vault: Vault
    now: Clock
    subject_days: int = 0

    @classmethod
    def resources(cls, settings: IntakeSettings) -> dict[str, Any]:
        vault = Vault(settings.master_key, settings.index_key)
        return {"vault": vault, "now": system_clock, "subject_days": settings.subject_days}

    def store(self, kind: type[StoreKind]) -> StoreKind:
        """A subject's store on this transaction, the same one each time; a store of sealed rows gets the vault."""
        if kind not in self._stores and issubclass(kind, SealedStore):
            self._stores[kind] = kind(self.statements, self.vault)
        return super().store(kind)


@dataclass(frozen=True, kw_only=True)
class Unit(Lookup, unit.Unit[House]):
    """A transaction of intake in which messages or a command take effect and are announced."""
