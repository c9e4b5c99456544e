"""Preparations, breaches and rounds of the watch over the HTTP API: what people ask, and what they get."""

from marshmallow import fields

from services.aftercare.domain.preparations import Level
from services.aftercare.domain.releases import BreachState
from shared.schemas import MessageSchema, StrictSchema
from shared.web.old_paging import Page, Paged


class PreparationsWanted(Paged):
    """`on`: the day to look at, also one to come. `level`: only what has climbed to it and no further."""

    on = fields.Date(required=True)
    level = fields.Enum(Level, by_value=True, load_default=None)
    municipality = fields.String(load_default=None)


class MissingView(MessageSchema):
    """A `preparation` of the profile that was due on `dueOn`; it is or gets the process director's on `climbsOn`."""

    preparation = fields.String(required=True)
    name = fields.String(required=True)
    due_on = fields.Date(required=True)
    climbs_on = fields.Date(required=True)
    level = fields.Enum(Level, by_value=True, required=True)


class PreparationsView(MessageSchema):
    """What is missing for one who is to be released."""

    detention_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    release_on = fields.Date(required=True)
    missing = fields.List(fields.Nested(MissingView), required=True)


class PreparationsPage(Page):
    items = fields.List(fields.Nested(PreparationsView), required=True)


class BreachesWanted(Paged):
    """`state`: absent, all of them."""

    state = fields.Enum(BreachState, by_value=True, load_default=None)
    municipality = fields.String(load_default=None)


class BreachView(MessageSchema):
    """`releasedOn` is the release date that was passed, `releaseOn` the one that counts now.

    `plannedOn`, `refusedOn`: the first plan and refusal, if there is any by now.
    """

    release_id = fields.UUID(required=True)
    detention_id = fields.UUID(required=True)
    case_id = fields.UUID(required=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    released_on = fields.Date(required=True)
    release_on = fields.Date(required=True)
    planned_on = fields.Date(required=True, allow_none=True)
    refused_on = fields.Date(required=True, allow_none=True)
    state = fields.Enum(BreachState, by_value=True, required=True)


class BreachPage(Page):
    items = fields.List(fields.Nested(BreachView), required=True)


class RoundWanted(StrictSchema):
    house = fields.String(required=True)
    on = fields.Date(required=True)


class RoundView(MessageSchema):
    """What this round raised that none before it did."""

    house = fields.String(required=True)
    on = fields.Date(required=True)
    preparations_raised = fields.Integer(required=True)
    releases_seen = fields.Integer(required=True)
    breaches_raised = fields.Integer(required=True)
