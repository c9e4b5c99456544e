"""The form of what partners send, and the receipt or refusal that they get for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from marshmallow.fields import Field

from shared.messaging import Problem
from shared.schemas import AnnouncedSchema, StrictSchema


class PartnersSchema(StrictSchema, AnnouncedSchema):
    """Of what partners send. An unknown field is an error, so that nothing is silently lost. An optional field that is
    null or an empty text counts as left out; an answer leaves out what is not known."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        super().on_bind_field(field_name, field_obj)
        field_obj.allow_none = False

    def told(self, data: dict[str, Any]) -> dict[str, Any]:
        if not not_told(data):
            return data
        return {name: value for name, value in data.items() if name not in self._optional or tells(value)}

    @cached_property
    def _optional(self) -> frozenset[str]:
        return frozenset(str(field.data_key) for field in self.load_fields.values() if not field.required)


def tells(value: Any) -> bool:
    """Whether a value says anything: null and an empty text do not."""
    return value is not None and value != ""


def not_told(data: dict[str, Any]) -> bool:
    """Whether an object has a field that tells nothing."""
    return None in data.values() or "" in data.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAccepted:
    """`messages.accepted.v1`: the receipt for a partner's message.

    `message_id`, `reference`: the partner's own. `not_weighed`: true if no briefing ever weighs referrals of this kind
    on who lives there, so that no feedback follows.
    """

    message_id: str
    reference: str | None = None
    referral_id: UUID | None = None
    not_weighed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRefused:
    """`messages.refused.v1`: each wrong field of a partner's message, with the reason.

    `message_id` is absent if the message has no id.
    """

    message_id: str | None = None
    problems: tuple[Problem, ...]
