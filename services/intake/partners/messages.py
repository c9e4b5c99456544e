"""The form of what partners send, and the receipt or refusal that they get for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow.fields import Field

from shared.messaging import Problem
from shared.schemas import AnnouncedSchema, StrictSchema


class PartnersSchema(StrictSchema, AnnouncedSchema):
    """Of what partners send. An unknown field is an error, so that nothing is silently lost, and so is null: what is
    not known is left out, on both ways."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        super().on_bind_field(field_name, field_obj)
        field_obj.allow_none = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAccepted:
    """`messages.accepted.v1`: the receipt for a partner's message.

    `message_id`, `reference`: the partner's own.
    """

    message_id: UUID
    reference: str | None = None
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused:
    """`messages.refused.v1`: each wrong field of a partner's message, with the reason.

    `message_id` is absent if it could not be read.
    """

    message_id: UUID | None = None
    problems: tuple[Problem, ...]
