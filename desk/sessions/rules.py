"""Who is signed in, in which capacity somebody acts, and how long a session lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.business_dates import today
from shared.functions import kind_of

FUNCTIONS = frozenset(
    {
        "intake_officer",
        "information_coordinator",
        "weighing_team",
        "process_director",
        "aftercare_coordinator",
        "budget_holder",
        "chain_manager",
        "reader",
        "operator",
        "parking_officer",
        "privacy_officer",
        "theme_role",
        "municipal_contact",
        "partner_contact",
        "case_holder",
        "participant",
        "provider",
        "zsm_desk",
        "bij_mandate",
    }
)
"""The kinds that the platform knows; any other admits to nothing."""
IDLE = timedelta(minutes=30)
"""A session ends after so long without a request,"""
LONGEST = timedelta(hours=10)
"""and after so long whatever happens: a working day."""
RENEW_BEFORE = timedelta(seconds=60)
"""An access token with less time left is renewed: it must last as long as a page takes, and clocks differ."""


@dataclass(frozen=True)
class Capacity:
    """In which somebody acts: with functions in a house, the own ones or those of whom one stands in for.

    standing_in_for: that person's id; None with the own functions. until: the last day of standing in.
    """

    house: str
    functions: frozenset[str]
    standing_in_for: str | None = None
    until: date | None = None

    @property
    def id(self) -> str:
        """Names it among those of one person."""
        return f"{self.house}/{self.standing_in_for}" if self.standing_in_for else self.house


@dataclass(frozen=True)
class Person:
    """A person as the provider knows one. functions: by house, of those that this installation knows.

    organisation: a partner of the profile, or the house itself. stand_ins: for whom the person stands in, and until
    when.
    """

    id: str
    name: str
    organisation: str
    functions: Mapping[str, frozenset[str]]
    stand_ins: tuple[Capacity, ...] = ()

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """Those that the person has today: with the own functions first, each in the order of the houses."""
        own = [Capacity(house, functions) for house, functions in self.functions.items() if functions]
        others = [each for each in self.stand_ins if each.until and today() <= each.until]
        return (*sorted(own, key=lambda each: each.id), *sorted(others, key=lambda each: each.id))


@dataclass(frozen=True)
class Tokens:
    """What the provider issued. access: for the services. refresh: None if the provider gives none."""

    access: str
    refresh: str | None
    expires_at: datetime

    def needs_renewal(self, now: datetime) -> bool:
        return now > self.expires_at - RENEW_BEFORE


@dataclass(frozen=True)
class Session:
    """One sign-in with one browser. id: names it to the person; it opens nothing.

    house, standing_in_for: the capacity that the person has chosen.
    """

    id: UUID
    digest: bytes
    person: Person
    tokens: Tokens
    house: str | None
    began_at: datetime
    provider_session: str | None = None
    standing_in_for: str | None = None

    @property
    def capacity(self) -> Capacity | None:
        """The chosen one, or the only one; None as long as the person has to choose."""
        chosen, capacities = (self.house, self.standing_in_for), self.person.capacities
        found = [each for each in capacities if len(capacities) == 1 or (each.house, each.standing_in_for) == chosen]
        return found[0] if found else None

    @property
    def acts_for(self) -> str | None:
        """The house of the capacity."""
        return self.capacity.house if self.capacity else None

    def has(self, *functions: str) -> bool:
        """Whether one of these functions, or one of its kind, belongs to the capacity."""
        return self.capacity is not None and not {*functions}.isdisjoint(map(kind_of, self.capacity.functions))
