"""The unit of work of a service that goes by the houses' profiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from shared import business_dates
from shared.messaging.old_unit import OldUnitOfWork

House = TypeVar("House")


class UnknownHouse(Exception):
    """No profile: each service's table of errors says what that means to whoever asked."""

    field = "house"

    def __init__(self) -> None:
        super().__init__("is not a house of this installation")


@dataclass(frozen=True, kw_only=True)
class HouseUnit(OldUnitOfWork, Generic[House]):
    """`House` is what a service reads of a profile. houses: by id, as `load_profiles` gives them."""

    houses: Mapping[str, House]

    def profile(self, house: str) -> House:
        """The house by its id. Raises UnknownHouse when it does not run in this installation."""
        if house not in self.houses:
            raise UnknownHouse
        return self.houses[house]

    @cached_property
    def today(self) -> date:
        """The same throughout the transaction. For what a timer begins, and what must not lie ahead."""
        return business_dates.today()
