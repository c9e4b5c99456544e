"""Deletes what was kept for its time: rows of the inbox, refused messages, replaced bodies, and operators' actions."""

from pathlib import Path

from shared.postgres import Store, load_queries


class RetentionStore(Store):
    """One method per query; each deletes a limited number of rows."""

    queries = load_queries(Path(__file__).with_name("retention.sql"))

    def delete_refused(self, *, days: int, limit: int) -> None:
        """Delete messages whose sender was told the problems; but for sealed ones, count them in `refusals_before`."""
        self.execute("delete_refused", {"days": days, "limit": limit})
        self.execute("delete_refused_sealed", {"days": days})

    def delete_originals(self, *, days: int, limit: int) -> None:
        self.execute("delete_originals", {"days": days, "limit": limit})

    def delete_actions(self, *, days: int, limit: int) -> None:
        """Delete operators' actions on parked messages."""
        self.execute("delete_actions", {"days": days, "limit": limit})

    def delete_counts(self, *, days: int) -> None:
        """Delete counts of refused messages that have not grown for so many days."""
        self.execute("delete_counts", {"days": days})

    def inbox_pages(self) -> int:
        row = self.fetch_one("inbox_pages")
        assert row
        return int(row["pages"])

    def delete_from_inbox(self, first_page: int, pages: int, *, days: int) -> None:
        """Delete the rows of this age in these pages of the table."""
        span = {"first": f"({first_page},0)", "end": f"({first_page + pages},0)"}
        self.execute("delete_from_inbox", span | {"days": days})
