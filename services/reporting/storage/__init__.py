from services.reporting.storage.store import ReportingStore

__all__ = ["ReportingStore"]
