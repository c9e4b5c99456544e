from shared.messaging.storage.parking import ParkingStore
from shared.messaging.storage.store import MessageKey, MessageStore, Remembered

__all__ = ["MessageKey", "MessageStore", "ParkingStore", "Remembered"]
