"""Detentions as people see them, each with its plan, refusal and table case."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.detentions.rules import ReleaseDate, Withdrawal
from services.aftercare.overview.messages import DetentionsQuery, ListedDetention, TableCaseView
from shared.postgres import Row, Store, load_queries

EVERY_DETENTION: Row = {
    "detention_id": None,
    "case_id": None,
    "release_before": None,
    "without_plan": False,
    "recurrent": False,
    "after": None,
}


class OverviewStore(Store):
    """recurrence_years: how long after a release another detention is a recurrence."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def detentions(self, house: str, query: DetentionsQuery, recurrence_years: int) -> list[ListedDetention]:
        """One more than the page holds, if there is a next page."""
        wanted = {
            "house": house,
            "case_id": query.case_id,
            "release_before": query.release_before,
            "without_plan": query.without_plan,
            "recurrent": query.recurrent,
            "recurrence_years": recurrence_years,
            "after": query.cursor,
            "limit": query.limit + 1,
        }
        return self.fetch_all("detentions", EVERY_DETENTION | wanted, _listed)

    def detention(self, house: str, detention_id: UUID, recurrence_years: int) -> ListedDetention | None:
        wanted = {"house": house, "detention_id": detention_id, "recurrence_years": recurrence_years, "limit": 1}
        return self.fetch_one("detentions", EVERY_DETENTION | wanted, _listed)


def _listed(
    *,
    release_on: date | None,
    source: str | None,
    changed_on: date,
    withdrawal: str | None,
    table_case_id: UUID | None,
    opened_on: date | None,
    closed_on: date | None,
    **columns: Any,
) -> ListedDetention:
    """The columns of the release date, and those of the table case, are null where there is none."""
    release_date = ReleaseDate(release_on=release_on, source=source, changed_on=changed_on) if source else None
    table_case = (
        TableCaseView(table_case_id=table_case_id, opened_on=opened_on, closed_on=closed_on) if table_case_id else None
    )
    reason = Withdrawal(withdrawal) if withdrawal else None
    return ListedDetention(release_date=release_date, withdrawal=reason, table_case=table_case, **columns)
