"""What partners send. Strict: a field that is not known is an error, so that nothing is silently lost."""

from marshmallow import fields, validate

from services.intake.messages.parts import SubjectSchema, Text
from shared.messaging.schema import StrictSchema


class _Submission(StrictSchema):
    reference = Text(64, required=True)
    subject = fields.Nested(SubjectSchema, required=True)


class ArrestNotice(_Submission):
    arrested_on = fields.Date(required=True)
    offence = Text(500, required=True)


class DetentionNotice(_Submission):
    detained_on = fields.Date(required=True)
    institution = Text(100, required=True)
    expected_release_on = fields.Date()


class CurrentReferral(_Submission):
    concern = Text(10_000, required=True)
    theme = Text(64)


class InformationAnswer(StrictSchema):
    request_id = fields.UUID(required=True)
    answered_on = fields.Date(required=True)
    involved = fields.List(Text(64), required=True, validate=validate.Length(max=50))


class ReplayRequest(StrictSchema):
    """`from_sequence`: the number on the partner's own stream from which on it wants to get its messages again."""

    from_sequence = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
