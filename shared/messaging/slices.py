"""Slices divide the events of a service: its outbox among relays, and the events for a reading service among queues.

All events of a case have the same slice: the column `slice` of the outbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.configuration import MOST_SHARDS, ServiceSettings

SLICES = range(1, MOST_SHARDS + 1)


def slice_key(slice: int) -> str:
    """The second routing key of an event, beside its type: `slice.3`."""
    return f"slice.{slice}"


def slices_of(shard: int, shards: int) -> list[int]:
    """The slices of one queue. shard: the queue's number, from 1. shards: the number of queues.

    `slices_of(1, 4)` is [1, 5, 9, 13].
    """
    return [slice for slice in SLICES if slice % shards == shard % shards]


@dataclass(frozen=True)
class EventQueues:
    """The names of a service's event queues: `weighing`, or with two shards `weighing.1` and `weighing.2`."""

    service: str

    def __call__(self, settings: ServiceSettings) -> list[str]:
        return self.named(settings.event_shards)

    def named(self, shards: int) -> list[str]:
        return [f"{self.service}.{shard}" for shard in range(1, shards + 1)] if shards > 1 else [self.service]

    def former_names(self, queues: Sequence[str]) -> list[str]:
        """The names, other than `queues`, that the queues have with another number of shards."""
        return [name for name in (self.service, *self.named(len(SLICES))) if name not in queues]
