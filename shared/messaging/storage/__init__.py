from shared.messaging.storage.store import MessageKey, MessageStore, Remembered

__all__ = ["MessageKey", "MessageStore", "Remembered"]
