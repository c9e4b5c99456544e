"""Deletes what was kept for its time: inbox rows, refused messages, and bodies that corrections replaced."""

from pathlib import Path

from shared.postgres import Store, load_queries


class RetentionStore(Store):
    """One method per query; each deletes a limited number of rows."""

    queries = load_queries(Path(__file__).with_name("retention.sql"))

    def delete_refused(self, *, days: int, limit: int) -> None:
        """Delete messages whose sender was told the problems, and count them in `refusals_before`."""
        self.execute("delete_refused", {"days": days, "limit": limit})

    def delete_originals(self, *, days: int, limit: int) -> None:
        self.execute("delete_originals", {"days": days, "limit": limit})

    def inbox_pages(self) -> int:
        row = self.fetch_one("inbox_pages")
        assert row
        return int(row["pages"])

    def delete_from_inbox(self, first_page: int, pages: int, *, days: int) -> None:
        """Delete the rows of this age in these pages of the table."""
        span = {"first": f"({first_page},0)", "end": f"({first_page + pages},0)"}
        self.execute("delete_from_inbox", span | {"days": days})
