from services.aftercare.storage.store import AftercareStore

__all__ = ["AftercareStore"]
