"""A municipality's factsheet as it is given: its names are those of the management report."""

from marshmallow import Schema, fields, validate

from services.reporting.messages.report import ReportWanted


def shown() -> fields.Integer:
    """A count; null when it is left out."""
    return fields.Integer(required=True, allow_none=True)


def share() -> fields.Float:
    """A percentage; null when its count is left out."""
    return fields.Float(required=True, allow_none=True)


class ShownUnderTreatment(Schema):
    briefing = shown()
    aftercare = shown()
    focus_or_top60 = shown()


class ShareOfRegion(Schema):
    briefing = share()
    aftercare = share()
    focus_or_top60 = share()


class Factsheet(Schema):
    """One municipality, one year.

    Null: cases about fewer subjects than `smallest_count_shown`, or a count that would give these away.
    """

    house = fields.String(required=True)
    year = fields.Integer(required=True)
    municipality = fields.String(required=True)
    smallest_count_shown = fields.Integer(required=True)
    under_treatment = fields.Nested(ShownUnderTreatment, required=True)
    percentage_of_region = fields.Nested(ShareOfRegion, required=True)
    decisions = fields.Dict(keys=fields.String(), values=fields.Integer(allow_none=True), required=True)
    tabled_again = shown()
    focus_outcomes = fields.Dict(keys=fields.String(), values=fields.Integer(allow_none=True), required=True)


class FactsheetWanted(ReportWanted):
    """Query parameters; without a house it is the caller's own."""

    municipality = fields.String(required=True, validate=validate.Length(min=1))
