"""What the reports need of others' events, and no more than that; the journal keeps the whole."""

from marshmallow import fields

from shared.schemas import MessageSchema


class ReferralRegistered(MessageSchema):
    """`referrals.registered.v1`"""

    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    referrer = fields.String(required=True)
    received_on = fields.Date(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    sex = fields.String(required=True)
    age_class = fields.String(required=True)


class DetentionRegistered(MessageSchema):
    """`detentions.registered.v1`"""

    detention_id = fields.UUID(required=True)
    referral_id = fields.UUID(load_default=None)
    municipality = fields.String(required=True)
    expected_release_on = fields.Date(load_default=None)
    own_aftercare = fields.Boolean(required=True)
    registered_on = fields.Date(required=True)


class ReferralWeighed(MessageSchema):
    """`referrals.weighed.v1`"""

    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    referrer = fields.String(required=True)
    briefing_on = fields.Date(required=True)
    tabling = fields.Integer(required=True)
    decision = fields.String(required=True)
    reason = fields.String(load_default=None)
    rerouted_to = fields.String(load_default=None)


class TableCaseOpened(MessageSchema):
    """`table-cases.opened.v1`"""

    table_case_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    table = fields.String(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    opened_on = fields.Date(required=True)


class TableCaseReferredAgain(MessageSchema):
    """`table-cases.referred-again.v1`"""

    table_case_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    table = fields.String(required=True)
    referred_on = fields.Date(required=True)


class SessionPlanned(MessageSchema):
    """`sessions.planned.v1`"""

    session_id = fields.UUID(required=True)
    table = fields.String(required=True)
    sub_region = fields.String(required=True)
    held_on = fields.Date(required=True)
    table_case_ids = fields.List(fields.UUID(), required=True)


class ActionPlanAgreed(MessageSchema):
    """`action-plans.agreed.v1`"""

    table_case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    agreed_on = fields.Date(required=True)
    agreements = fields.Integer(required=True)


class MonitoringMomentAnswered(MessageSchema):
    """`monitoring-moments.answered.v1`"""

    table_case_id = fields.UUID(required=True)
    moment = fields.String(required=True)
    due_on = fields.Date(required=True)
    answered_on = fields.Date(required=True)
    plan_stands = fields.Boolean(required=True)


class Outcome(MessageSchema):
    """What was scored at closing."""

    procedure_departed_from_or_breakthrough = fields.Boolean(required=True)
    all_parties_cooperate = fields.Boolean(required=True)
    progress_made = fields.Boolean(required=True)
    case_made_manageable = fields.Boolean(required=True)
    case_holder_can_go_on = fields.Boolean(required=True)


class TableCaseClosed(MessageSchema):
    """`table-cases.closed.v1`"""

    table_case_id = fields.UUID(required=True)
    table = fields.String(required=True)
    closed_on = fields.Date(required=True)
    outcome = fields.Nested(Outcome, load_default=None, allow_none=True)


class ReleaseDateChanged(MessageSchema):
    """`release-dates.changed.v1`"""

    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    release_on = fields.Date(required=True)


class DomainFound(MessageSchema):
    """What an aftercare plan says of one life domain."""

    domain = fields.String(required=True)
    bottleneck = fields.String(required=True)
    referred_to = fields.String(load_default=None, allow_none=True)


class AftercarePlanMade(MessageSchema):
    """`aftercare-plans.made.v1`"""

    detention_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    made_on = fields.Date(required=True)
    domains = fields.List(fields.Nested(DomainFound), required=True)


class ConversationTold(MessageSchema):
    """`conversations.held.v1`"""

    conversation_id = fields.UUID(required=True)


class PreparationTold(MessageSchema):
    """`preparations.overdue.v1`, `releases.unprepared.v1`"""

    detention_id = fields.UUID(required=True)


class TrajectoryTold(MessageSchema):
    """`trajectories.started.v1`, `trajectories.progressed.v1`, `trajectories.ended.v1`"""

    trajectory_id = fields.UUID(required=True)


class StayTold(MessageSchema):
    """`stays.began.v1`, `stays.ended.v1`"""

    stay_id = fields.UUID(required=True)


class LedgerEntryBooked(MessageSchema):
    """`ledger-entries.booked.v1`"""

    entry_id = fields.UUID(required=True)


class CoFinancingShortfallForeseen(MessageSchema):
    """`co-financing-shortfalls.foreseen.v1`"""

    fund = fields.String(required=True)
    year = fields.Integer(required=True)
