"""The lock of the watch."""

from pathlib import Path

from shared.postgres import Store, load_queries


class WatchStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def lock_watch(self, house: str) -> None:
        """Wait for any other round of the house; until the transaction ends there is no other."""
        self.execute("lock_watch", {"house": house})
