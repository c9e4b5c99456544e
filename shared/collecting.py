"""Garbage collection of a process that works in batches."""

import gc

BATCH_OF_OBJECTS = 50_000
"""New containers between two collections: about as many as a batch of messages makes, most of them short-lived."""


def collect_seldom() -> None:
    """Make garbage collections rare and short. Call it after all modules are loaded: collections skip their objects."""
    gc.freeze()
    gc.set_threshold(BATCH_OF_OBJECTS)
