from shared.messaging.storage.commands import CommandKey, CommandStore, KeptAnswer
from shared.messaging.storage.parking import ParkingStore
from shared.messaging.storage.store import MessageKey, MessageStore, Remembered
from shared.messaging.storage.streams import Stream, StreamStore

__all__ = [
    "CommandKey",
    "CommandStore",
    "KeptAnswer",
    "MessageKey",
    "MessageStore",
    "ParkingStore",
    "Remembered",
    "Stream",
    "StreamStore",
]
