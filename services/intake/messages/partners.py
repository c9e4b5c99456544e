"""What partners send. Strict: a field that is not known is an error, so that nothing is silently lost."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.intake.messages.outflow_lists import OutflowRows
from services.intake.messages.parts import AmountSchema, SubjectSchema, Text
from shared.schemas import StrictSchema


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


class ReleaseDate(_Submission):
    """Of the detention that began on `detained_on`."""

    detained_on = fields.Date(required=True)
    release_on = fields.Date(required=True)


class OutflowList(StrictSchema):
    """A part of a year's list of releases; `list` is CSV."""

    reference = Text(64, required=True)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(1900, 9999))
    part = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    parts = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))
    list = OutflowRows(required=True)

    @validates_schema
    def check_part(self, data: dict[str, Any], **_: Any) -> None:
        if data["part"] > data["parts"]:
            raise ValidationError("is beyond the last part", "part")


class _OfAssignment(StrictSchema):
    reference = Text(64, required=True)
    assignment_id = fields.UUID(required=True)


class ConversationReport(_OfAssignment):
    held_on = fields.Date(required=True)
    needs = fields.List(Text(64), required=True, validate=validate.Length(max=20))
    offered = fields.Boolean(required=True)
    accepted = fields.Boolean()
    outcome = Text(2000, required=True)


class TrajectoryProgress(_OfAssignment):
    """`step` is a stage of the trajectory, or `ended`."""

    on = fields.Date(required=True)
    step = Text(64, required=True)
    result = fields.String(validate=validate.OneOf(["completed", "dropped_out", "ended_early"]))


class Invoice(_OfAssignment):
    number = Text(64, required=True)
    amount = fields.Nested(AmountSchema, required=True)
    invoiced_on = fields.Date(required=True)


class InformationAnswer(StrictSchema):
    request_id = fields.UUID(required=True)
    answered_on = fields.Date(required=True)
    involved = fields.List(Text(64), required=True, validate=validate.Length(max=50))


class ReplayRequest(StrictSchema):
    """`from_sequence`: the number on the partner's own stream from which on it wants to get its messages again."""

    from_sequence = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
