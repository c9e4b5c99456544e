"""The rows that a relay has published together."""

from dataclasses import dataclass, field

from shared.messaging.storage import OutboxRow


@dataclass
class Round:
    """The published rows, by delivery tag. slices: the slices of the rows.

    waiting, nacked: delivery tags without a confirm, and with a nack. returned: ids of messages without a bound queue.
    """

    slices: frozenset[int] = frozenset()
    rows: dict[int, OutboxRow] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    nacked: set[int] = field(default_factory=set)
