"""What people correct, and what is announced of a closing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.meetings.table_cases.messages import Recorded
from services.meetings.table_cases.rules import Closing, Outcome
from shared.bounds import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingCorrection(Closing):
    """The right closing. `because`: why another closing was recorded."""

    because: Text

    @property
    def closing(self) -> Closing:
        return Closing(
            closed_on=self.closed_on,
            outcome=self.outcome,
            running_on_reason=self.running_on_reason,
            without_plan_because=self.without_plan_because,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedClosing(Recorded):
    """A closing of a table case."""

    closing: Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCaseClosed:
    """`table-cases.closed.v1`: a case is no longer under treatment. `outcome` is present if the table is scored."""

    table_case_id: UUID
    table: str
    closed_on: date
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingCorrected:
    """`closings.corrected.v1`: the right closing of a table case, in place of the one that was announced."""

    table_case_id: UUID
    table: str
    closed_on: date
    outcome: Outcome | None = None
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingWithdrawn:
    """`closings.withdrawn.v1`: the table case was not closed; it is under treatment again."""

    table_case_id: UUID
    table: str
    withdrawn_on: date
