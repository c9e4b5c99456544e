"""Slices of a service's events: they divide its outbox among relays, and each reader's events among queues.

The events of a case are of one slice, as the outbox's column `slice` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.configuration import MOST_SHARDS, ServiceSettings

SLICES = range(1, MOST_SHARDS + 1)


def slice_key(slice: int) -> str:
    """The routing key that an event of this slice carries besides its type."""
    return f"slice.{slice}"


def slices_of(shard: int, shards: int) -> list[int]:
    """Those whose events go to this of a reader's queues, counted from 1."""
    return [slice for slice in SLICES if slice % shards == shard % shards]


@dataclass(frozen=True)
class EventQueues:
    """The queues with the events for a service: one of its own name, or its shards."""

    service: str

    def __call__(self, settings: ServiceSettings) -> list[str]:
        return self.named(settings.event_shards)

    def named(self, shards: int) -> list[str]:
        return [f"{self.service}.{shard}" for shard in range(1, shards + 1)] if shards > 1 else [self.service]

    def others(self, queues: Sequence[str]) -> list[str]:
        """What they are called when they are more, or fewer."""
        return [name for name in (self.service, *self.named(len(SLICES))) if name not in queues]
