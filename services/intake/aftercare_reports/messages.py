"""What partners report for aftercare to judge, and what aftercare hears and says of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Annotated, Literal, NamedTuple, Self
from uuid import UUID

from marshmallow import fields

from services.intake.aftercare_reports.outflow_lists import OutflowRow, OutflowRows, broken_by_rows
from services.intake.aftercare_reports.rules import beyond_last_part
from services.intake.house import House
from services.intake.partners.rules import Statement, too_early
from services.intake.subjects.messages import StatementOnSubject
from services.intake.subjects.rules import broken_by_description
from shared.bounds import Code, Length, Pattern, Range, Text
from shared.days import HouseDay, PastDay, ReleaseDay
from shared.rules import BrokenRule
from shared.validation import INVALID

EUROS = Pattern(
    r"^(?!0+(\.0+)?$)[0-9]{1,9}(\.[0-9]{1,2})?$", "not_an_amount", "Must be euros above zero as text, such as 12.50."
)
WHOLE = partial(fields.Integer, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDate(StatementOnSubject):
    """`release-dates.submitted.v1` of a partner: the release date of the detention that began on `detained_on`.

    Without `release_on` no release date is known any more.
    """

    detained_on: PastDay
    release_on: ReleaseDay | None = None

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        yield from too_early("releaseOn", self.release_on, "detainedOn", self.detained_on)
        yield from broken_by_description(self.subject, house, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutflowList(Statement):
    """`outflow-lists.submitted.v1` of a partner: a part of a year's list of releases; `list` is CSV."""

    reference: Code
    year: Annotated[int, WHOLE, Range(1900, 9999)]
    part: Annotated[int, WHOLE, Range(least=1)]
    parts: Annotated[int, WHOLE, Range(1, 50)]
    rows: Annotated[tuple[OutflowRow, ...], partial(OutflowRows, data_key="list")]

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        yield from beyond_last_part(self.part, self.parts)
        yield from broken_by_rows(self.rows, self.year, house, today)

    def placed(self, house: House) -> Self:
        return replace(self, rows=tuple(row.placed(house) for row in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOnAssignment(Statement):
    """Base of what a provider tells about something that it was given to do. `reference`: the provider's own."""

    reference: Code
    assignment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationReport(StatementOnAssignment):
    """`conversation-reports.submitted.v1` of a provider: the report of a conversation in prison."""

    held_on: HouseDay
    needs: Annotated[tuple[Code, ...], Length(most=20)]
    offered: bool
    accepted: bool | None = None
    outcome: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryProgress(StatementOnAssignment):
    """`trajectory-progress.submitted.v1` of a provider. `step`: a stage of the trajectory, or `ended`."""

    on: HouseDay
    step: Code
    result: Literal["completed", "dropped_out", "ended_early"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of money: euros and cents as text."""

    amount: Annotated[str, EUROS]
    currency: Annotated[str, Pattern("^EUR$", "not_euros", "Must be EUR.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(StatementOnAssignment):
    """`invoices.submitted.v1` of a provider: the amount that the provider asks for an assignment."""

    number: Code
    amount: Amount
    invoiced_on: HouseDay


class ProblemFound(NamedTuple):
    """What is wrong with a report. An aftercare of before there were codes gives none."""

    field: str
    reason: str
    code: str = INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionJudged:
    """`submissions.judged.v1` of aftercare: the report took effect if `problems` is empty."""

    message_id: UUID
    partner: str
    problems: tuple[ProblemFound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Base of what is handed on. `message_id`: the partner's own."""

    message_id: UUID
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDateReported(Reported):
    """`release-dates.reported.v1`: a partner reports another release date, or that none is known; aftercare judges it.

    `detained_on`: the day on which that detention began. `reported_at`: the moment of the partner's message.
    """

    detained_on: date
    release_on: date | None = None
    reported_on: date
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutflowReported(Reported):
    """`outflows.reported.v1`: a row of a partner's outflow list, without a case if the house does not know the person.

    `row`: its place in the part of the list, from 1 on. `rows`: how many rows that part has.
    """

    list_year: int
    part: int
    parts: int
    rows: int
    row: int
    municipality: str
    institution: str
    detained_on: date
    released_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationReported(Reported):
    """`conversations.reported.v2`: a provider's report of a conversation in prison. The text of its outcome stays here.

    `needs`: life domains.
    """

    assignment_id: UUID
    held_on: date
    needs: tuple[str, ...]
    offered: bool
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationTold(ConversationReported):
    """`conversations.reported.v1`: such a report with its outcome in words. Sent no more: v2 takes its place."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryProgressReported(Reported):
    """`trajectory-progress.reported.v1`: the stage that a trajectory reached, or its end."""

    assignment_id: UUID
    on: date
    step: str
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReceived(Reported):
    """`invoices.received.v1`: the amount that a provider asks for an assignment."""

    assignment_id: UUID
    number: str
    amount: Amount
    invoiced_on: date
