"""Weighing's own tables."""

from services.weighing.storage.store import WeighingStore, row_of

__all__ = ["WeighingStore", "row_of"]
