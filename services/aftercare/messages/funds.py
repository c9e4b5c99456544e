"""Funds, commitments and advances over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.funds import Applicant
from services.aftercare.domain.ledger import AccountKind, EntryKind, Instalment
from services.aftercare.messages.money import Money
from services.aftercare.messages.texts import CODE, LINE
from shared.schemas import MessageSchema, StrictSchema
from shared.web.old_paging import Page, Paged


class Booking(StrictSchema):
    """Base of what is booked. `decision` names the decision on which it is; no names of persons in it."""

    booked_on = fields.Date(required=True)
    decision = fields.String(required=True, validate=LINE)


class AmountBooking(Booking):
    amount = fields.Nested(Money, required=True)


class AllotmentWanted(Booking):
    """`outflow`: how many left detention in the reference year, by municipality. `single`: who apply by themselves."""

    outflow = fields.Dict(
        keys=fields.String(), values=fields.Integer(strict=True, validate=validate.Range(min=0)), required=True
    )
    single = fields.List(fields.String(), load_default=[])


class BudgetWanted(AmountBooking):
    line = fields.String(required=True, validate=CODE)


class ContributionWanted(AmountBooking):
    municipality = fields.String(required=True, validate=LINE)


class CommitmentWanted(AmountBooking):
    """`assignmentId`: the trajectory or conversation that it pays. `needs`: a life domain each."""

    line = fields.String(required=True, validate=CODE)
    provider = fields.String(required=True, validate=CODE)
    municipality = fields.String(load_default=None, validate=LINE)
    assignment_id = fields.UUID(load_default=None)
    needs = fields.List(fields.String(validate=CODE), load_default=[], validate=validate.Length(max=20))


class InstalmentSchema(StrictSchema):
    due_on = fields.Date(required=True)
    amount = fields.Nested(Money, required=True)

    @post_load
    def to_instalment(self, data: dict[str, Any], **_: Any) -> Instalment:
        return Instalment(**data)


class AdvanceWanted(AmountBooking):
    line = fields.String(required=True, validate=CODE)
    case_id = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=LINE)
    instalments = fields.List(fields.Nested(InstalmentSchema), required=True, validate=validate.Length(min=1, max=120))


class AccountView(MessageSchema):
    """`kind`: where money is; `about` is the commitment or advance."""

    kind = fields.Enum(AccountKind, by_value=True, required=True)
    line = fields.String(required=True, allow_none=True)
    municipality = fields.String(required=True, allow_none=True)
    about = fields.UUID(required=True, allow_none=True)


class PostingView(MessageSchema):
    """What comes onto an account; below zero when it leaves it."""

    account = fields.Nested(AccountView, required=True)
    amount = fields.Nested(Money, required=True)


class EntryView(MessageSchema):
    """`postings` add up to nothing. `about` is the commitment or advance that it made or changed."""

    entry_id = fields.UUID(required=True)
    kind = fields.Enum(EntryKind, by_value=True, required=True)
    about = fields.UUID(required=True, allow_none=True)
    corrects = fields.UUID(required=True, allow_none=True)
    booked_on = fields.Date(required=True)
    booked_by = fields.String(required=True)
    decision = fields.String(required=True)
    postings = fields.List(fields.Nested(PostingView), required=True)


class ListedEntry(EntryView):
    """`correctedBy`: the entry that undid it."""

    fund = fields.String(required=True)
    year = fields.Integer(required=True)
    corrected_by = fields.UUID(required=True, allow_none=True)
    booked_at = fields.AwareDateTime(required=True)


class EntryPage(Page):
    items = fields.List(fields.Nested(ListedEntry), required=True)


class EntriesWanted(Paged):
    fund = fields.String(load_default=None)
    year = fields.Integer(load_default=None)
    kind = fields.Enum(EntryKind, by_value=True, load_default=None)
    about = fields.UUID(load_default=None)


class CommitmentView(MessageSchema):
    """`remaining` is promised and not yet spent."""

    commitment_id = fields.UUID(required=True)
    fund = fields.String(required=True)
    year = fields.Integer(required=True)
    line = fields.String(required=True)
    provider = fields.String(required=True)
    municipality = fields.String(required=True, allow_none=True)
    assignment_id = fields.UUID(required=True, allow_none=True)
    needs = fields.List(fields.String(), required=True)
    remaining = fields.Nested(Money, required=True)
    spent = fields.Nested(Money, required=True)


class CommitmentPage(Page):
    items = fields.List(fields.Nested(CommitmentView), required=True)


class CommitmentsWanted(Paged):
    fund = fields.String(load_default=None)
    year = fields.Integer(load_default=None)
    line = fields.String(load_default=None)
    assignment_id = fields.UUID(load_default=None)


class AdvanceView(MessageSchema):
    """`overdue`: what should have been paid back by the day that was asked for, and was not."""

    advance_id = fields.UUID(required=True)
    fund = fields.String(required=True)
    year = fields.Integer(required=True)
    line = fields.String(required=True)
    case_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    instalments = fields.List(fields.Nested(InstalmentSchema), required=True)
    outstanding = fields.Nested(Money, required=True)
    overdue = fields.Nested(Money, required=True)


class AdvancePage(Page):
    items = fields.List(fields.Nested(AdvanceView), required=True)


class AdvancesWanted(Paged):
    on = fields.Date(required=True)
    case_id = fields.UUID(load_default=None)


class AllotmentView(MessageSchema):
    municipality = fields.String(required=True)
    outflow = fields.Integer(required=True)
    amount = fields.Nested(Money, required=True)
    applies = fields.Enum(Applicant, by_value=True, required=True)


class LineView(MessageSchema):
    """`budget` is all that is for the line: what is available, committed, spent and lent."""

    line = fields.String(required=True)
    budget = fields.Nested(Money, required=True)
    available = fields.Nested(Money, required=True)
    committed = fields.Nested(Money, required=True)
    spent = fields.Nested(Money, required=True)
    advances = fields.Nested(Money, required=True)


class CoFinancingView(MessageSchema):
    """`needed` if all that is committed is spent; `short` is what municipalities must still bring in for it."""

    percent = fields.Decimal(as_string=True, required=True)
    needed = fields.Nested(Money, required=True)
    brought_in = fields.Nested(Money, required=True)
    short = fields.Nested(Money, required=True)


class FundYearView(MessageSchema):
    """How a year of a fund stands. `closedOn` is null while it is open."""

    fund = fields.String(required=True)
    year = fields.Integer(required=True)
    closed_on = fields.Date(required=True, allow_none=True)
    granted = fields.Nested(Money, required=True)
    unassigned = fields.Nested(Money, required=True)
    lines = fields.List(fields.Nested(LineView), required=True)
    co_financing = fields.Nested(CoFinancingView, required=True)
    allotments = fields.List(fields.Nested(AllotmentView), required=True)
