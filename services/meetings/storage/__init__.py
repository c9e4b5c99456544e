from services.meetings.storage.store import MeetingsStore

__all__ = ["MeetingsStore"]
