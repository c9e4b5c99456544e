"""The management report as it is given: its names are those of the published figures, so snake_case on the wire too."""

from marshmallow import Schema, fields, validate

from shared.schemas import StrictSchema


def counts() -> fields.Dict:
    """Counts by code."""
    return fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


def numbers() -> fields.Dict:
    """Percentages or means by code."""
    return fields.Dict(keys=fields.String(), values=fields.Float(allow_none=True), required=True)


class UnderTreatment(Schema):
    briefing = fields.Integer(required=True)
    aftercare = fields.Integer(required=True)
    focus_or_top60 = fields.Integer(required=True)
    total = fields.Integer(required=True)


class InMunicipality(Schema):
    municipality = fields.String(required=True)
    briefing = fields.Integer(required=True)
    aftercare = fields.Integer(required=True)
    focus = fields.Integer(required=True)
    total = fields.Integer(required=True)


class InSubRegion(Schema):
    sub_region = fields.String(required=True)
    briefing = fields.Integer(required=True)
    aftercare = fields.Integer(required=True)
    focus = fields.Integer(required=True)
    total = fields.Integer(required=True)


class FromReferrer(Schema):
    referrer = fields.String(required=True)
    referrals = fields.Integer(required=True)


class ClosedInTime(Schema):
    closed = fields.Integer(required=True)
    within_six_months = fields.Integer(required=True)
    percentage = fields.Float(required=True, allow_none=True)


class AtTable(Schema):
    table = fields.String(required=True)
    sessions = fields.Integer(required=True)
    cases_on_agenda = fields.Integer(required=True)
    action_plans = fields.Integer(required=True)
    agreements = fields.Integer(required=True)
    referred_again = fields.Integer(required=True)


class AtMoment(Schema):
    moment = fields.String(required=True)
    answered = fields.Integer(required=True)
    plan_stands = fields.Integer(required=True)


class DetentionInflow(Schema):
    registered = fields.Integer(required=True)
    own_aftercare = fields.Integer(required=True)
    weighed = fields.Integer(required=True)
    release_known = fields.Integer(required=True)


class OnDomain(Schema):
    domain = fields.String(required=True)
    bottleneck = counts()
    referred = fields.Integer(required=True)


class AftercarePlans(Schema):
    plans = fields.Integer(required=True)
    domains = fields.List(fields.Nested(OnDomain), required=True)


class ManagementReport(Schema):
    """One house, one year. Percentages and means have one decimal, and are null where there is nothing to divide by."""

    house = fields.String(required=True)
    year = fields.Integer(required=True)
    weighed_referrals = fields.Integer(required=True)
    decisions = counts()
    no_follow_up_reasons = counts()
    age_class = counts()
    sex = counts()
    unique_subjects = fields.Integer(required=True)
    subjects_seen_n_times = counts()
    by_referrer = fields.List(fields.Nested(FromReferrer), required=True)
    escalations = counts()
    mean_days_to_first_briefing = fields.Float(required=True, allow_none=True)
    under_treatment = fields.Nested(UnderTreatment, required=True)
    by_municipality = fields.List(fields.Nested(InMunicipality), required=True)
    by_sub_region = fields.List(fields.Nested(InSubRegion), required=True)
    percentage_from_municipalities = numbers()
    focus_outcomes = counts()
    focus_closed_within_six_months = fields.Nested(ClosedInTime, required=True)
    mean_days_under_treatment = numbers()
    tables = fields.List(fields.Nested(AtTable), required=True)
    monitoring = fields.List(fields.Nested(AtMoment), required=True)
    detentions = fields.Nested(DetentionInflow, required=True)
    aftercare_plans = fields.Nested(AftercarePlans, required=True)


class ReportWanted(StrictSchema):
    """Query parameters; without a house it is the caller's own."""

    house = fields.String(validate=validate.Length(min=1))
