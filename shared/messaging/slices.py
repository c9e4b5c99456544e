"""The slices of a service's events: of its outbox among its relays, and of each case's way to its readers' queues."""

SLICES = range(1, 17)
"""As the outbox's column `slice` numbers them."""


def slice_key(slice: int) -> str:
    """The routing key that an event of this slice carries besides its type."""
    return f"slice.{slice}"
