"""The journal and the projections."""

from collections.abc import Mapping
from pathlib import Path

import orjson
from psycopg.types.json import Jsonb

from services.reporting.domain.facts import (
    Detentions,
    DomainFinding,
    Facts,
    MomentAnswers,
    Period,
    TableCase,
    Tabled,
    TableWork,
    Tablings,
    WeighedReferral,
)
from shared.messaging import Event
from shared.postgres import Store, load_queries


def _fed(source: str, queries: Mapping[str, str]) -> dict[str, str]:
    """Each put_… query, given its events by the query `source`: as <source>_put_…"""
    return {
        f"{source}_{name}": f"WITH event AS (\n{queries[source]}\n)\n{query}"
        for name, query in queries.items()
        if name.startswith("put_")
    }


NAMED = load_queries(Path(__file__).with_name("queries.sql"))


class ReportingStore(Store):
    """One method per query, with its name. `put`: the name of the query that puts events of a type in a projection.

    The same query puts events as they come, and out of the journal again.
    """

    queries = {**NAMED, **_fed("given", NAMED), **_fed("kept", NAMED)}
    written_later = ("keep", *_fed("given", NAMED))

    def keep(self, event: Event, put: str | None) -> None:
        """Add an event, with its data as they came, to the journal and to its projection if it has one."""
        given = {
            "event_id": event.id,
            "house": event.house,
            "time": event.time,
            "data": Jsonb(event.data, dumps=orjson.dumps),
        }
        kept = {"type": event.type, "case_id": event.case_id, "correlation_id": event.correlation_id}
        self.later("keep", given | kept)
        if put:
            self.later(f"given_{put}", given)

    def put_again(self, put: str, type: str, *, after: int, until: int) -> None:
        """Put all events of a type between two positions of the journal, after the one and up to the other."""
        self.execute(f"kept_{put}", {"type": type, "after": after, "until": until})

    def journal_size(self) -> tuple[int, int]:
        """How many events it holds, and the position of the last."""
        (row,) = self.fetch_all("journal_size")
        return row["events"], row["last_position"]

    def hold_journal(self) -> None:
        self.execute("hold_journal")

    def empty_projections(self) -> None:
        self.execute("empty_projections")

    def read_one_moment(self) -> None:
        self.execute("read_one_moment")

    def facts(self, house: str, period: Period) -> Facts:
        """All that the management report counts, as it stands at this moment."""
        of_period = {"house": house, **period._asdict()}
        return Facts(
            weighed=[WeighedReferral(**row) for row in self.fetch_all("weighed_referrals", of_period)],
            tablings=[Tablings(**row) for row in self.fetch_all("tablings", of_period)],
            table_cases=self.table_cases(house, period),
            detentions=[Detentions(**row) for row in self.fetch_all("detentions", of_period)],
            aftercare_plans=self.fetch_all("aftercare_plans", of_period)[0]["count"],
            domain_findings=[DomainFinding(**row) for row in self.fetch_all("aftercare_domains", of_period)],
            table_work=[TableWork(**row) for row in self.fetch_all("table_work", of_period)],
            moment_answers=[MomentAnswers(**row) for row in self.fetch_all("monitoring_answers", of_period)],
        )

    def tabled(self, house: str, period: Period) -> list[Tabled]:
        return [Tabled(**row) for row in self.fetch_all("tabled", {"house": house, **period._asdict()})]

    def table_cases(self, house: str, period: Period) -> list[TableCase]:
        return [TableCase(**row) for row in self.fetch_all("table_cases", {"house": house, **period._asdict()})]
