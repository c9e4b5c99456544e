"""Detentions and release dates over the HTTP API: what people ask, and what they get."""

from typing import Any

from marshmallow import fields, post_load

from services.aftercare.domain.detentions import ReleaseDate
from services.aftercare.messages.conversations import ConversationView
from services.aftercare.messages.plans import FollowUpSchema, PlanView, RefusalSchema
from services.aftercare.messages.texts import CODE
from shared.schemas import MessageSchema, StrictSchema
from shared.web.old_paging import Page, Paged


class ReleaseDateSchema(StrictSchema):
    """`source` is a code for who or what gave the date, such as a partner's id."""

    release_on = fields.Date(required=True)
    source = fields.String(required=True, validate=CODE)
    changed_on = fields.Date(required=True)

    @post_load
    def to_release_date(self, data: dict[str, Any], **_: Any) -> ReleaseDate:
        return ReleaseDate(**data)


class DetentionsWanted(Paged):
    """`withoutPlan` finds those for whom the house must still make one, `recurrent` those who were back soon."""

    case_id = fields.UUID(load_default=None)
    release_before = fields.Date(load_default=None)
    without_plan = fields.Boolean(load_default=False)
    recurrent = fields.Boolean(load_default=False)


class TableCaseView(MessageSchema):
    """`openedOn` is null for a moment when the closing was heard before the opening."""

    table_case_id = fields.UUID(required=True)
    opened_on = fields.Date(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)


class DetentionView(MessageSchema):
    """`referralId` is null when it was not weighed; `releaseDate` is the last one known."""

    detention_id = fields.UUID(required=True)
    house = fields.String(required=True)
    case_id = fields.UUID(required=True)
    subject_id = fields.UUID(required=True)
    referral_id = fields.UUID(required=True, allow_none=True)
    municipality = fields.String(required=True)
    institution = fields.String(required=True)
    detained_on = fields.Date(required=True)
    own_aftercare = fields.Boolean(required=True)
    registered_on = fields.Date(required=True)
    release_date = fields.Nested(ReleaseDateSchema, required=True, allow_none=True)


class ListedDetention(DetentionView):
    """With the aftercare table's case of the same subject, running or last, and when the standing plan was made.

    `refusedOn`: when a plan was refused, unless one was made since. `followsDetentionId`: the earlier detention after
    whose release this one is a recurrence.
    """

    table_case = fields.Nested(TableCaseView, required=True, allow_none=True)
    plan_made_on = fields.Date(required=True, allow_none=True)
    refused_on = fields.Date(required=True, allow_none=True)
    follows_detention_id = fields.UUID(required=True, allow_none=True)


class DetentionPage(Page):
    items = fields.List(fields.Nested(ListedDetention), required=True)


class DetentionInDetail(ListedDetention):
    """With each release date, refusal and answer in the order in which they came, and the plan that stands.

    `version` is that of the plan, 0 when there is none: whoever makes the next one names it.
    """

    version = fields.Integer(required=True)

    release_dates = fields.List(fields.Nested(ReleaseDateSchema), required=True)
    plan = fields.Nested(PlanView, required=True, allow_none=True)
    refusals = fields.List(fields.Nested(RefusalSchema), required=True)
    follow_ups = fields.List(fields.Nested(FollowUpSchema), required=True)
    conversations = fields.List(fields.Nested(ConversationView), required=True)
