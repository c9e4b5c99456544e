"""Python's collection of garbage, for a process that works in batches."""

import gc

BATCH_OF_OBJECTS = 50_000
"""New containers between two collections: a batch of messages makes about as many, and few of them live on."""


def collect_seldom() -> None:
    """To be called when all is loaded: else each collection looks through that, and everybody waits for it."""
    gc.freeze()
    gc.set_threshold(BATCH_OF_OBJECTS)
