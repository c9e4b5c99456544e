"""What a service publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import Schema

from shared.messaging.sealing import Sealer
from shared.schemas import AnnouncedSchema, schema_of

PARTNERS_EXCHANGE = "partners"
"""What goes over it to one partner is a stream: the relay numbers it, and keeps it for a time."""

Publishes = Mapping[str, type]
"""The class of each message that a service publishes, by short type: `referrals.weighed.v1`."""


@dataclass(frozen=True)
class Publishing:
    """A service's name, which is also its exchange, what it publishes, and what seals it."""

    service: str
    publishes: Publishes
    sealer: Sealer

    @property
    def source(self) -> str:
        return f"urn:nld:ketenhuis:{self.service}"

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        """By short type."""
        return schemas_of(self.publishes)

    @cached_property
    def _types(self) -> Mapping[type, tuple[str, Schema]]:
        return {message: (type, self.schemas[type]) for type, message in self.publishes.items()}

    def written(self, message: object) -> tuple[str, Mapping[str, Any]]:
        """The short type of a message, and its data as they go over the wire."""
        short_type, schema = self._types[type(message)]
        return short_type, schema.dump(message)


def schemas_of(publishes: Publishes) -> Mapping[str, Schema]:
    """The schema of each short type."""
    return {type: schema_of(message, AnnouncedSchema) for type, message in publishes.items()}
