"""What look-ups and handlers work with: one transaction on the service's tables, and the houses' profiles.

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
from shared.messaging.unit import Transaction, UnitOfWork
from shared.rules import UnknownHouse

House = TypeVar("House")


@dataclass(frozen=True, kw_only=True)
class Lookup(Transaction, Generic[House]):
    """A transaction that cannot write: PostgreSQL refuses it. `House` is what the service reads of a profile.

    houses: by id, as `load_profiles` gives them.
    """

    houses: Mapping[str, House]

    @classmethod
    def resources(cls, settings: Any) -> dict[str, Any]:
        """What every transaction of a service has besides, by field: made once, when the service starts."""
        return {}

    def profile(self, house: str) -> House:
        """The house by its id. Raises UnknownHouse if it does not run in this installation."""
        if house not in self.houses:
            raise UnknownHouse
        return self.houses[house]

    @cached_property
    def today(self) -> date:
        """The same throughout the transaction. For what a timer begins, and what must not lie ahead."""
        return business_dates.today()


@dataclass(frozen=True, kw_only=True)
class Unit(Lookup[House], UnitOfWork):
    """A unit of work with the houses: what handlers of messages and commands get."""
