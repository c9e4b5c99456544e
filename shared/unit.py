"""The transaction of a look-up or handler, with the stores of the service and the houses' profiles.

def close_table_case(house: str, table_case_id: UUID, closing: Closing, unit: Unit[House]) -> TableCase:
    running = unit.store(TableCaseStore).table_case_to_change(house, table_case_id)
    …
    unit.announce_on(closing.closed_on, TableCaseClosed(…), running)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from shared import business_dates
from shared.keys import Keys
from shared.messaging.unit import StoreKind, Transaction, UnitOfWork
from shared.rules import UnknownHouse
from shared.sealed_texts import StoreWithTexts, TextStore

House = TypeVar("House")


@dataclass(frozen=True, kw_only=True)
class Lookup(Transaction, Generic[House]):
    """A read-only transaction. `House` is the class that the service makes of a house's profile.

    houses: by id, as `house_loader` returns them. master_key: wraps the data keys of sealed texts.
    """

    houses: Mapping[str, House]
    master_key: Keys

    @classmethod
    def resources(cls, settings: Any) -> dict[str, Any]:
        """Further fields of every transaction of the service, by name. Called once, when the service starts."""
        return {}

    def profile(self, house: str) -> House:
        """The house with this id. Raises UnknownHouse if the installation has no profile for it."""
        if house not in self.houses:
            raise UnknownHouse
        return self.houses[house]

    @cached_property
    def texts(self) -> TextStore:
        """The sealed texts of the service, on this transaction."""
        return TextStore(self.statements, self.master_key)

    def store(self, kind: type[StoreKind]) -> StoreKind:
        """The store of this class on this transaction; one with texts gets those of the transaction."""
        if kind not in self._stores and issubclass(kind, StoreWithTexts):
            self._stores[kind] = kind(self.statements, self.texts)
        return super().store(kind)

    @cached_property
    def today(self) -> date:
        """The current date, the same throughout the transaction: for timers, and to refuse dates in the future."""
        return business_dates.today()


@dataclass(frozen=True, kw_only=True)
class Unit(Lookup[House], UnitOfWork):
    """A unit of work with the houses: the transaction of a handler of messages or commands."""
