"""Fields that partners' messages and answers share."""

import re
from typing import Any

from marshmallow import ValidationError, fields, post_dump, validate, validates_schema
from stdnum.nl import bsn

from shared.schemas import StrictSchema

KINDS = ("person", "family")
SEXES = ("man", "woman", "unknown")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""All but those of layout: tab, line feed, carriage return."""
PERSON_ONLY = ("bsn", "givenNames", "sex")


def check_bsn(value: str) -> None:
    if len(value) != 9 or not value.isascii() or not value.isdigit() or not bsn.is_valid(value):
        raise ValidationError("Must be nine digits that pass the eleven test.")


def check_printable(value: str) -> None:
    if CONTROL.search(value):
        raise ValidationError("Must not hold control characters.")


class Text(fields.String):
    """Text of 1 to `longest` characters that is not only white space."""

    def __init__(self, longest: int, **options: Any) -> None:
        length = validate.Length(min=1, max=longest)
        visible = validate.Regexp(r"(?s).*\S", error="Must not be blank.")
        super().__init__(validate=[length, visible, check_printable], **options)


class SubjectSchema(StrictSchema):
    """A person or a family, as a partner describes it and as it is told to a partner."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    bsn = fields.String(validate=check_bsn)
    family_name = Text(100)
    given_names = Text(100)
    birth_date = fields.Date()
    sex = fields.String(validate=validate.OneOf(SEXES))
    municipality = Text(100, required=True)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def check_family(self, data: dict[str, Any], sent: Any, **_: Any) -> None:
        """A family has a name, and nothing that only a person has."""
        if data.get("kind") != "family":
            return
        problems = {wire: ["Not for a family."] for wire in PERSON_ONLY if wire in sent}
        if "familyName" not in sent:
            problems["familyName"] = ["Missing data for required field."]
        if problems:
            raise ValidationError(problems)


class AmountSchema(StrictSchema):
    """An amount of money: euros and cents as text."""

    amount = fields.String(
        required=True,
        validate=validate.Regexp(
            r"(?!0+(\.0+)?\Z)\d{1,9}(\.\d{1,2})?\Z", error="Must be euros above zero as text, such as 12.50."
        ),
    )
    currency = fields.String(required=True, validate=validate.Equal("EUR", error="Must be EUR."))


class Told(StrictSchema):
    """What goes out: what is not known is left out altogether."""

    @post_dump
    def leave_out_absent(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value is not None}


class SubjectTold(SubjectSchema, Told):
    """Who a subject is, for one who may know."""


class SubjectOfAssignment(Told):
    """Who somebody is, as far as a provider needs to know."""

    family_name = fields.String()
    given_names = fields.String()
    birth_date = fields.Date()
    municipality = fields.String(required=True)


class ProblemSchema(StrictSchema):
    """`field` is the path of what is wrong (`data.subject.bsn`), empty for the message as a whole."""

    field = fields.String(required=True)
    reason = fields.String(required=True)
