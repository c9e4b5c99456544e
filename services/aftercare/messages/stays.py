"""Transition houses and stays over the HTTP API: what people ask, and what they get."""

from marshmallow import fields

from services.aftercare.domain.stays import StayState
from services.aftercare.messages.texts import CODE
from shared.schemas import MessageSchema, StrictSchema
from shared.web.old_paging import Page, Paged


class StayWanted(StrictSchema):
    case_id = fields.UUID(required=True)
    transition_house = fields.String(required=True, validate=CODE)
    asked_on = fields.Date(required=True)


class BeginningSchema(StrictSchema):
    """`place` is a place's number; without one it is the lowest that is free."""

    on = fields.Date(required=True)
    place = fields.Integer(load_default=None, strict=True)


class DaySchema(StrictSchema):
    on = fields.Date(required=True)


class StaysWanted(Paged):
    """`waiting` are those on the waiting list, the first of them first in turn."""

    case_id = fields.UUID(load_default=None)
    transition_house = fields.String(load_default=None)
    state = fields.Enum(StayState, by_value=True, load_default=None)


class StayView(MessageSchema):
    """A place is free again on the day `endedOn`."""

    stay_id = fields.UUID(required=True)
    house = fields.String(required=True)
    transition_house = fields.String(required=True)
    case_id = fields.UUID(required=True)
    state = fields.Enum(StayState, by_value=True, required=True)
    asked_on = fields.Date(required=True)
    place = fields.Integer(required=True, allow_none=True)
    began_on = fields.Date(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    withdrawn_on = fields.Date(required=True, allow_none=True)


class StayPage(Page):
    items = fields.List(fields.Nested(StayView), required=True)


class TransitionHousesWanted(StrictSchema):
    house = fields.String(required=True)
    on = fields.Date(required=True)


class TransitionHouseView(MessageSchema):
    """How it stands on a day. `movedIn`, `movedOut`, `meanStayDays`: from the first day of the year up to that day.

    `meanStayDays` is of those who moved out, rounded; null when nobody did.
    """

    code = fields.String(required=True)
    name = fields.String(required=True)
    municipality = fields.String(required=True)
    places = fields.Integer(required=True)
    occupied = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    moved_in = fields.Integer(required=True)
    moved_out = fields.Integer(required=True)
    mean_stay_days = fields.Integer(required=True, allow_none=True)
