"""Whom people may name for a follow-up."""

from dataclasses import dataclass
from typing import Annotated

from shared.bounds import Code, Length, Line

MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuery:
    """`partner`: whose people; people of a partner see those of their own organisation, whatever they ask."""

    partner: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """`person`: the id with which somebody signs in. `name`: as it was when the person last took one,
    or said that it does follow-ups.
    """

    partner: str
    person: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonList:
    """By partner and name."""

    items: Annotated[tuple[PersonView, ...], Length(most=MOST_PEOPLE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft:
    """`person`: who does no follow-ups for the partner any more; the partner does what the person was to do."""

    partner: Code
    person: Line
