"""The prison service's yearly outflow list: it comes in parts, a message each, and each part by the row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from shared.rules import BrokenRule


class ReleasedBeforeDetained(BrokenRule):
    reason = "is released before being detained"


class NotOfTheListsYear(BrokenRule):
    reason = "is not released in the year of the list"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutflowPart:
    """A part of the list of a year, and how many rows it has."""

    house: str
    partner: str
    message_id: UUID
    list_year: int
    part: int
    parts: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outflow:
    """One row of the list: a detention that ended. `case_id` is None when nobody in this house is known by it."""

    outflow_id: UUID
    row: int
    partner: str
    case_id: UUID | None
    municipality: str
    institution: str
    detained_on: date
    released_on: date


def outflow_id_of(part: OutflowPart, row: int) -> UUID:
    """Follows from the message and the row, so that a row is kept once."""
    return uuid5(part.message_id, f"{part.house} {part.partner} {row}")


def wrong_rows(year: int, rows: Iterable[Outflow]) -> list[BrokenRule]:
    """What is wrong with the rows of one message; none of the rows counts unless nothing is wrong."""
    return [broken for row in rows for broken in _wrong(year, row)]


def _wrong(year: int, row: Outflow) -> Iterator[BrokenRule]:
    if row.released_on < row.detained_on:
        yield ReleasedBeforeDetained(_cell(row))
    if row.released_on.year != year:
        yield NotOfTheListsYear(_cell(row))


def _cell(row: Outflow) -> str:
    """As whoever sent the list counts its rows: from 0."""
    return f"list[{row.row - 1}].released_on"
