"""The messaging tables of a service's database."""

from shared.messaging.storage.commands import CommandKey, CommandStore, KeptAnswer
from shared.messaging.storage.parking import (
    Group,
    LogRow,
    OpenedRow,
    ParkedRow,
    ParkingStore,
    RefusalsBefore,
    Selection,
)
from shared.messaging.storage.retention import RetentionStore
from shared.messaging.storage.store import (
    MessageKey,
    MessageStore,
    OutboxRow,
    PostponedRow,
    ReceivedMessage,
    Remembered,
)
from shared.messaging.storage.streams import Stream, StreamStore

__all__ = [
    "CommandKey",
    "CommandStore",
    "Group",
    "KeptAnswer",
    "LogRow",
    "MessageKey",
    "MessageStore",
    "OpenedRow",
    "OutboxRow",
    "ParkedRow",
    "ParkingStore",
    "PostponedRow",
    "ReceivedMessage",
    "RefusalsBefore",
    "Remembered",
    "RetentionStore",
    "Selection",
    "Stream",
    "StreamStore",
]
