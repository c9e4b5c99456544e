"""What people look up over the HTTP API, and what they get."""

from marshmallow import fields

from shared.schemas import MessageSchema, StrictSchema
from shared.web.old_paging import Page, Paged


class BriefingsWanted(StrictSchema):
    house = fields.String()
    sub_region = fields.String(required=True)


class AgendaWanted(Paged):
    """`on`: the date of the briefing."""

    sub_region = fields.String(required=True)
    on = fields.Date(required=True)


class Decided(MessageSchema):
    """A recorded decision.

    `comesBackOn`: the briefing at which the referral is tabled again. `criteriaMet`: whether the criteria that the team
    found met are enough for a case meeting; a suggestion, the decision is the team's.
    """

    referral_id = fields.UUID(required=True)
    tabling = fields.Integer(required=True)
    briefing_on = fields.Date(required=True)
    decision = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    comes_back_on = fields.Date(required=True, allow_none=True)
    rerouted_to = fields.String(required=True, allow_none=True)
    escalated_to = fields.String(required=True, allow_none=True)
    opens_table = fields.String(required=True, allow_none=True)
    attendees = fields.List(fields.String(), required=True)
    criteria = fields.List(fields.String(), required=True)
    criteria_met = fields.Boolean(required=True)
    legal_ground = fields.String(required=True)
    information_used = fields.List(fields.String(), required=True)


class DecidedTogether(MessageSchema):
    """The recorded decisions of a briefing, in the order in which they were given."""

    items = fields.List(fields.Nested(Decided), required=True)


class AskedInformation(MessageSchema):
    """`answeredOn` and `involved`, the services that know the subject, are null until the partner answers."""

    request_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    answer_by = fields.Date(required=True)
    answered_on = fields.Date(required=True, allow_none=True)
    involved = fields.List(fields.String(), required=True, allow_none=True)


class ReferralView(MessageSchema):
    """A referral with its place on the agenda; `tableOn` is null when the team is done with it.

    `earlierDecisions`: on all referrals about the same subject, this one included.
    """

    referral_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    referrer = fields.String(required=True)
    received_on = fields.Date(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    tabling = fields.Integer(required=True)
    table_on = fields.Date(required=True, allow_none=True)
    information_requests = fields.List(fields.Nested(AskedInformation), required=True)
    earlier_decisions = fields.List(fields.Nested(Decided), required=True)


class AgendaPage(Page):
    items = fields.List(fields.Nested(ReferralView), required=True)


class Briefing(MessageSchema):
    """`waiting`: how many referrals are on the agenda for the first time on that date."""

    on = fields.Date(required=True)
    waiting = fields.Integer(required=True)


class BriefingList(MessageSchema):
    items = fields.List(fields.Nested(Briefing), required=True)
