"""Weighing's own tables."""

from services.weighing.storage.store import WeighingStore

__all__ = ["WeighingStore"]
