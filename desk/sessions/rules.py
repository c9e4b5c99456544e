"""Who is signed in, and how long a session lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

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
        "case_holder",
        "participant",
        "provider",
        "zsm_desk",
        "bij_mandate",
    }
)
"""Those that the platform knows; any other admits to nothing."""
IDLE = timedelta(minutes=30)
"""A session ends after so long without a request,"""
LONGEST = timedelta(hours=10)
"""and after so long whatever happens: a working day."""
RENEW_BEFORE = timedelta(seconds=60)
"""An access token with less time left is renewed: it must last as long as a page takes, and clocks differ."""


@dataclass(frozen=True)
class Person:
    """A person as the provider knows one. functions: by house, of those that this installation knows.

    organisation: a partner of the profile, or the house itself.
    """

    id: str
    name: str
    organisation: str
    functions: Mapping[str, frozenset[str]]

    @property
    def houses(self) -> tuple[str, ...]:
        """Where the person has a function, in the order of their names."""
        return tuple(sorted(house for house, functions in self.functions.items() if functions))

    def has(self, house: str | None, *functions: str) -> bool:
        """Whether the person has one of these functions in the house."""
        return not self.functions.get(house or "", frozenset()).isdisjoint(functions)


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
    """One sign-in with one browser. id: names it to the person; it opens nothing. house: for which the person acts."""

    id: UUID
    digest: bytes
    person: Person
    tokens: Tokens
    house: str | None
    began_at: datetime
    provider_session: str | None = None

    @property
    def acts_for(self) -> str | None:
        """The chosen house, or the only one; None as long as the person has to choose."""
        houses = self.person.houses
        if self.house in houses:
            return self.house
        return houses[0] if len(houses) == 1 else None
