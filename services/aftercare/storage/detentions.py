"""Detentions, release dates, plans and table cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.aftercare.domain.detentions import Detention, ReleaseDate
from services.aftercare.domain.plans import AftercarePlan, Bottleneck, DomainPlan
from shared.postgres import Store, as_row

RELEASE_DATE = ("release_on", "source", "changed_on")
TABLE_CASE = ("table_case_id", "opened_on", "closed_on")
ANY_DETENTION: Mapping[str, Any] = {
    "detention_id": None,
    "case_id": None,
    "release_before": None,
    "without_plan": False,
    "recurrent": False,
    "recurrence_years": None,
    "after": None,
}


class DetentionStore(Store):
    """The queries of detentions.sql."""

    def add_detention(self, detention: Detention) -> None:
        self.later("add_detention", as_row(detention))

    def add_release_date(self, detention: Detention, release_date: ReleaseDate) -> None:
        which = {"house": detention.house, "detention_id": detention.detention_id}
        self.later("add_release_date", which | as_row(release_date))

    def detention_to_change(self, house: str, detention_id: UUID) -> Detention | None:
        which = {"house": house, "detention_id": detention_id}
        self.ask("lock_detention", which)
        row = self.fetch_one("detention_to_change", which)
        return detention_of(row) if row else None

    def detention_begun(self, house: str, case_id: UUID | None, detained_on: date) -> UUID | None:
        """The id of the detention of a case that began on a day."""
        which = {"house": house, "case_id": case_id, "detained_on": detained_on}
        row = self.fetch_one("detention_begun", which)
        return row["detention_id"] if row else None

    def detentions(self, house: str, *, limit: int, **wanted: Any) -> list[dict[str, Any]]:
        """wanted: case_id, release_before, without_plan, recurrent, after (the last detention of the page before).

        recurrence_years: without it, none is seen as a recurrence.
        """
        rows = self.fetch_all("detentions", {**ANY_DETENTION, "house": house, "limit": limit, **wanted})
        return [row | {"release_date": _part(row, RELEASE_DATE), "table_case": _part(row, TABLE_CASE)} for row in rows]

    def detention(self, house: str, detention_id: UUID, recurrence_years: int | None = None) -> dict[str, Any] | None:
        found = self.detentions(house, detention_id=detention_id, recurrence_years=recurrence_years, limit=1)
        return found[0] if found else None

    def release_dates(self, detention_id: UUID) -> list[dict[str, Any]]:
        return self.fetch_all("release_dates", {"detention_id": detention_id})

    def standing_plan(self, detention_id: UUID) -> AftercarePlan | None:
        rows = self.fetch_all("standing_plan", {"detention_id": detention_id})
        if not rows:
            return None
        [(made_on, version)] = {(row.pop("made_on"), row.pop("version")) for row in rows}
        domains = tuple(DomainPlan(**row | {"bottleneck": Bottleneck(row["bottleneck"])}) for row in rows)
        return AftercarePlan(made_on=made_on, domains=domains, version=version)

    def replace_plan(self, detention: Detention, plan: AftercarePlan) -> None:
        """The plan takes the place of the one that stood, if there was one; that stays as history."""
        which = {
            "plan_id": uuid4(),
            "house": detention.house,
            "detention_id": detention.detention_id,
            "made_on": plan.made_on,
        }
        self.execute("replace_plan", which)
        self.execute("add_plan", which)
        for place, domain_plan in enumerate(plan.domains, start=1):
            self.execute("add_plan_domain", which | {"place": place} | as_row(domain_plan))

    def open_table_case(self, house: str, case_id: UUID, table_case_id: UUID, opened_on: date) -> None:
        which = {"house": house, "case_id": case_id, "table_case_id": table_case_id}
        self.later("open_table_case", which | {"opened_on": opened_on})

    def close_table_case(self, house: str, case_id: UUID, table_case_id: UUID, closed_on: date) -> None:
        which = {"house": house, "case_id": case_id, "table_case_id": table_case_id}
        self.later("close_table_case", which | {"closed_on": closed_on})


def detention_of(row: dict[str, Any]) -> Detention:
    """A row of a detention with the release date that counts, whose columns are null where there is none."""
    known = _part(row, RELEASE_DATE)
    return Detention(**row, release_date=ReleaseDate(**known) if known else None)


def _part(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any] | None:
    """Takes an outer join's columns out of the row; None where it found nothing."""
    part = {column: row.pop(column) for column in columns}
    return part if part[columns[0]] else None
