"""Which cases aftercare knows."""
