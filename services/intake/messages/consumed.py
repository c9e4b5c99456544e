"""What intake reads of other services' events, and no more than that."""

from marshmallow import fields

from shared.schemas import MessageSchema


class InformationRequestIssued(MessageSchema):
    """`information-requests.issued.v1` of weighing."""

    request_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    answer_by = fields.Date(required=True)


class ReferralWeighed(MessageSchema):
    """`referrals.weighed.v1` of weighing."""

    referral_id = fields.UUID(required=True)
    briefing_on = fields.Date(required=True)
    decision = fields.String(required=True)
    reason = fields.String(load_default=None)


class SubmissionJudged(MessageSchema):
    """`submissions.judged.v1` of aftercare."""

    message_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    problems = fields.List(fields.Dict(keys=fields.String(), values=fields.String()), required=True)


class AssignmentGiven(MessageSchema):
    """`assignments.given.v1` of aftercare."""

    assignment_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    kind = fields.String(required=True)
    trajectory_kind = fields.String(load_default=None)
    needs = fields.List(fields.String(), required=True)
    institution = fields.String(load_default=None)
    starts_on = fields.Date(load_default=None)
