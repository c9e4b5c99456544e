"""What the desk reads of a house's profile: how people call the house, its partners and its codes, and what a form asks
with which decision. What is allowed, the services say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.configuration.profiles import load_profiles
from shared.functions import THEME_ROLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a profile: what it is called on the wire, and by people."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner of a house."""

    id: str
    name: str

    @property
    def code(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Partner):
    """A table at which cases are discussed. asks_criteria: the frameworks whose criteria its decisions name."""

    asks_criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubRegion:
    """A part of the house's region with a briefing of its own; also a municipality or another residence."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Entry):
    """A sealed theme. role: whose function it is to see it."""

    role: str = THEME_ROLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Entry):
    """What the weighing team can decide."""

    opens_table: str | None = None
    needs_reason: bool = False
    escalates: bool = False
    needs_follow_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Entry):
    """Why a decision has no follow-up."""

    comes_back: bool = False
    needs_destination: bool = False
    needs_follow_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Entry):
    """What is done after a decision. asks: what goes with it, besides who does it until when.

    of_case_holder: whether it goes to another partner with the case.
    """

    asks: tuple[str, ...] = ()
    of_case_holder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination(Entry):
    """Where somebody can be sent. reach: how to get there."""

    reach: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house of this installation."""

    house: str
    name: str
    sub_regions: tuple[SubRegion, ...] = ()
    partners: tuple[Partner, ...] = ()
    tables: tuple[Table, ...] = ()
    decisions: tuple[Decision, ...] = ()
    reasons: tuple[Reason, ...] = ()
    municipalities: tuple[SubRegion, ...] = ()
    residences: tuple[SubRegion, ...] = ()
    sealed_themes: tuple[Theme, ...] = ()
    destinations: tuple[Destination, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    addressees: tuple[Entry, ...] = ()
    criteria: tuple[Entry, ...] = ()
    legal_grounds: tuple[Entry, ...] = ()
    referral_kinds: tuple[Entry, ...] = ()
    information_services: tuple[Entry, ...] = ()
    guards: tuple[Entry, ...] = ()
    information_questions: tuple[Entry, ...] = ()
    withholding_grounds: tuple[Entry, ...] = ()
    organisation_kinds: tuple[Entry, ...] = ()
    measure_kinds: tuple[Entry, ...] = ()
    life_domains: tuple[Entry, ...] = ()
    institutions: tuple[Entry, ...] = ()
    providers: tuple[Entry, ...] = ()
    trajectory_kinds: tuple[Entry, ...] = ()
    transition_houses: tuple[Entry, ...] = ()

    @property
    def places(self) -> list[str]:
        """Where somebody can live: municipalities and other residences, by name."""
        return [place.name for place in (*self.municipalities, *self.residences)]

    def way_to(self, destination: str) -> str:
        """How people call a destination of the house, and how to reach it: `Veilig Thuis: 0800-2000`."""
        reach = next((each.reach for each in self.destinations if each.code == destination), None)
        name = self.called("destinations", destination)
        return f"{name}: {reach}" if reach else name

    def organisation(self, code: str) -> str:
        """How people call a partner, or a kind of organisation."""
        return _names((*self.partners, *self.organisation_kinds)).get(code, code)

    def called(self, section: str, code: str) -> str:
        """How people call an entry of a section: `partners`, `decisions`. The code itself if the profile lacks it."""
        return _names(getattr(self, section)).get(code, code)


@cache
def _names(entries: Sequence[Entry | Partner]) -> Mapping[str, str]:
    return {entry.code: entry.name for entry in entries}


def load_houses(directory: Path) -> Mapping[str, House]:
    """The houses of a directory by id. Raises ProfilesError."""
    return load_profiles(directory, House)


def organisation_of(id: str, houses: Mapping[str, House]) -> str:
    """How people call a house or a partner; its id if no profile has it."""
    partners = {partner.id: partner.name for house in houses.values() for partner in house.partners}
    return houses[id].name if id in houses else partners.get(id, id)
