"""A table case: a case under treatment at one table, from the decision that opens it to its closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from services.meetings.house import House
from shared.bounds import FieldName, Length, Text
from shared.days import HouseDay
from shared.rules import BrokenRule, Contradiction, UnknownObject


class UnknownTableCase(UnknownObject):
    field = "tableCaseId"
    reason = "is not a table case of this house"


class UnknownTable(BrokenRule):
    field = "table"
    reason = "is not a table of this house"


class OutsideTable(BrokenRule):
    """A decision brings a case to a table that takes no cases from the subject's municipality."""

    field = "municipality"
    reason = "is not a municipality from which this table takes cases"


class AlreadyClosed(Contradiction):
    field = "tableCaseId"
    reason = "is closed already"


class Withdrawn(Contradiction):
    field = "tableCaseId"
    reason = "is withdrawn: the decision that opened the table case was wrong"


class BeforeOpening(BrokenRule):
    reason = "is before the table case was opened"


Outcome = Annotated[Mapping[FieldName, bool], Length(1, 50)]
"""The answers to the table's yes-or-no questions at closing, by the question's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a table case ended. `running_on_reason`: why the case was not closed at its last monitoring moment.

    `without_plan_because`: why the case ends though no session of it was held or no plan stands.
    """

    closed_on: HouseDay
    outcome: Outcome | None = None
    running_on_reason: Text | None = None
    without_plan_because: Text | None = None


class Subject(NamedTuple):
    """A subject of a house."""

    house: str
    subject_id: UUID


class Running(NamedTuple):
    """A table case that runs, and at which table."""

    table: str
    table_case_id: UUID


class Seat(NamedTuple):
    """A subject of a house at one of its tables: at most one table case runs there."""

    house: str
    subject_id: UUID
    table: str

    @property
    def subject(self) -> Subject:
        return Subject(self.house, self.subject_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """One case at one table, from its opening on. `referral_id`: the referral that opened it.

    `closing` is null while the case is under treatment. `withdrawn_on`: the decision that opened the case was wrong,
    and nothing had happened at the table. `decision_corrected_on`: the decision was wrong, but the table had worked on
    the case; a person decides what becomes of it.
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
    withdrawn_on: date | None = None
    decision_corrected_on: date | None = None

    @property
    def seat(self) -> Seat:
        return Seat(self.house, self.subject_id, self.table)


def check_table(table_case: TableCase, house: House) -> None:
    """Raises unless the house has the table that the decision names, and the table takes the case."""
    if table_case.table not in house.tables:
        raise UnknownTable("opensTable", known=house.tables)
    if not house.tables[table_case.table].takes_from(table_case.municipality):
        raise OutsideTable


def require_running(table_case: TableCase, on: date, day_field: str, case_field: str = "tableCaseId") -> None:
    """Raises unless the case is under treatment and was opened by that day. day_field, case_field: what to blame."""
    if table_case.closing:
        raise AlreadyClosed(case_field)
    if table_case.withdrawn_on:
        raise Withdrawn(case_field)
    if on < table_case.opened_on:
        raise BeforeOpening(day_field)
