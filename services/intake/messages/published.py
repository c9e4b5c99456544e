"""What intake publishes: events for the services, and answers for one partner."""

from collections.abc import Mapping

from marshmallow import fields, validate

from services.intake.messages.parts import AmountSchema, ProblemSchema, SubjectOfAssignment, SubjectTold, Told
from shared.schemas import StrictSchema


class ReferralRegistered(Told):
    referral_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    kind = fields.String(
        required=True, validate=validate.OneOf(["arrest_notice", "detention_notice", "current_referral"])
    )
    referrer = fields.String(required=True)
    received_on = fields.Date(required=True)
    municipality = fields.String(required=True)
    sub_region = fields.String(required=True)
    sex = fields.String(required=True, validate=validate.OneOf(["man", "woman", "family", "unknown"]))
    age_class = fields.String(
        required=True, validate=validate.OneOf(["under_18", "18_to_23", "23_and_over", "unknown"])
    )


class DetentionRegistered(Told):
    """`referral_id` is absent when the municipality does its own aftercare and the notice is not weighed."""

    detention_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    referral_id = fields.UUID()
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    expected_release_on = fields.Date()
    own_aftercare = fields.Boolean(required=True)
    registered_on = fields.Date(required=True)


class Reported(Told):
    """What a partner sent for aftercare to judge; `message_id` is the partner's own."""

    message_id = fields.UUID(required=True)
    partner = fields.String(required=True)


class ReleaseDateReported(Reported):
    """Of the detention that began on `detained_on`."""

    detained_on = fields.Date(required=True)
    release_on = fields.Date(required=True)
    reported_on = fields.Date(required=True)


class OutflowReported(Reported):
    """One row of an outflow list, of which each part is a message with a number of rows; counted from 1."""

    list_year = fields.Integer(required=True)
    part = fields.Integer(required=True)
    parts = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    row = fields.Integer(required=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    released_on = fields.Date(required=True)


class ConversationReported(Reported):
    """Of a conversation in prison; `needs` are life domains."""

    assignment_id = fields.UUID(required=True)
    held_on = fields.Date(required=True)
    needs = fields.List(fields.String(), required=True)
    offered = fields.Boolean(required=True)
    accepted = fields.Boolean()
    outcome = fields.String(required=True)


class TrajectoryProgressReported(Reported):
    assignment_id = fields.UUID(required=True)
    on = fields.Date(required=True)
    step = fields.String(required=True)
    result = fields.String()


class InvoiceReceived(Reported):
    assignment_id = fields.UUID(required=True)
    number = fields.String(required=True)
    amount = fields.Nested(AmountSchema, required=True)
    invoiced_on = fields.Date(required=True)


class InformationRequestAnswered(Told):
    request_id = fields.UUID(required=True)
    partner = fields.String(required=True)
    answered_on = fields.Date(required=True)
    involved = fields.List(fields.String(), required=True)


class MessageAccepted(Told):
    message_id = fields.UUID(required=True)
    reference = fields.String()
    referral_id = fields.UUID()


class MessageRefused(Told):
    """`message_id` is absent when it could not be read."""

    message_id = fields.UUID()
    problems = fields.List(fields.Nested(ProblemSchema), required=True)


class InformationRequestSent(Told):
    request_id = fields.UUID(required=True)
    answer_by = fields.Date(required=True)
    subject = fields.Nested(SubjectTold, required=True)


class AssignmentSent(Told):
    """What a provider is asked to do, about whom, and for which needs (life domains)."""

    assignment_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["trajectory", "conversation"]))
    trajectory_kind = fields.String()
    needs = fields.List(fields.String(), required=True)
    institution = fields.String()
    starts_on = fields.Date()
    subject = fields.Nested(SubjectOfAssignment, required=True)


class FeedbackGiven(Told):
    """`message_id` and `reference` are the referrer's own."""

    message_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    decision = fields.String(required=True)
    reason = fields.String()
    decided_on = fields.Date(required=True)


PUBLISHES: Mapping[str, StrictSchema] = {
    "referrals.registered.v1": ReferralRegistered(),
    "detentions.registered.v1": DetentionRegistered(),
    "release-dates.reported.v1": ReleaseDateReported(),
    "outflows.reported.v1": OutflowReported(),
    "conversations.reported.v1": ConversationReported(),
    "trajectory-progress.reported.v1": TrajectoryProgressReported(),
    "invoices.received.v1": InvoiceReceived(),
    "information-requests.answered.v1": InformationRequestAnswered(),
    "messages.accepted.v1": MessageAccepted(),
    "messages.refused.v1": MessageRefused(),
    "information-requests.sent.v1": InformationRequestSent(),
    "assignments.sent.v1": AssignmentSent(),
    "feedback.given.v1": FeedbackGiven(),
}
