"""A table case: a case under treatment at one table, from the decision that opens it to its closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from services.meetings.house import House
from shared.bounds import FieldName, Length, Text
from shared.rules import BrokenRule, Contradiction, UnknownObject


class UnknownTableCase(UnknownObject):
    field = "tableCaseId"
    reason = "is not a table case of this house"


class UnknownTable(BrokenRule):
    field = "table"
    reason = "is not a table of this house"


class AlreadyClosed(Contradiction):
    field = "tableCaseId"
    reason = "is closed already"


class BeforeOpening(BrokenRule):
    reason = "is before the table case was opened"


Outcome = Annotated[Mapping[FieldName, bool], Length(least=1)]
"""The answers to the table's yes-or-no questions at closing, by the question's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a table case ended. `running_on_reason`: why it was not closed at the last monitoring moment of its plan."""

    closed_on: date
    outcome: Outcome | None = None
    running_on_reason: Text | None = None


class Seat(NamedTuple):
    """A subject of a house at one of its tables: at most one table case runs there."""

    house: str
    subject_id: UUID
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """One case at one table, from its opening on. `referral_id`: the referral that opened it.

    `closing` is null while the case is under treatment.
    """

    table_case_id: UUID
    house: str
    case_id: UUID
    subject_id: UUID
    referral_id: UUID
    table: str
    municipality: str
    sub_region: str
    opened_on: date
    closing: Closing | None = None

    @property
    def seat(self) -> Seat:
        return Seat(self.house, self.subject_id, self.table)


def check_table(table_case: TableCase, house: House) -> None:
    """Raises UnknownTable unless the house has the table that the decision names."""
    if table_case.table not in house.tables:
        raise UnknownTable("opensTable")


def require_running(table_case: TableCase, on: date, day_field: str, case_field: str = "tableCaseId") -> None:
    """Raises unless the case is under treatment and was opened by that day. day_field, case_field: what to blame."""
    if table_case.closing:
        raise AlreadyClosed(case_field)
    if on < table_case.opened_on:
        raise BeforeOpening(day_field)
