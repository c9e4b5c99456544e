"""The messages that a service publishes, and their schemas."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import Schema

from shared.messaging.sealing import Sealer
from shared.schemas import AnnouncedSchema, schema_of

PARTNERS_EXCHANGE = "partners"
"""The exchange for messages to partners. The relay numbers the messages to a partner, and keeps them for replays."""

Publishes = Mapping[str, type]
"""The class of each message that a service publishes, by short type: `referrals.weighed.v1`."""


@dataclass(frozen=True)
class Publishing:
    """The publishing side of a service. service: its name, which is also the name of its exchange."""

    service: str
    publishes: Publishes
    sealer: Sealer

    @property
    def source(self) -> str:
        return f"urn:nld:ketenhuis:{self.service}"

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        """The schema of each published message, by short type."""
        return schemas_of(self.publishes)

    @cached_property
    def _types(self) -> Mapping[type, tuple[str, Schema]]:
        return {message: (type, self.schemas[type]) for type, message in self.publishes.items()}

    def written(self, message: object) -> tuple[str, Mapping[str, Any]]:
        """The short type and the wire data of a message. Raises KeyError for a class that is not published."""
        short_type, schema = self._types[type(message)]
        return short_type, schema.dump(message)


def schemas_of(publishes: Publishes) -> Mapping[str, Schema]:
    """The schema of each message class, by short type."""
    return {type: schema_of(message, AnnouncedSchema) for type, message in publishes.items()}
