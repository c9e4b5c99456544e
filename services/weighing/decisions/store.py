"""The team's decisions. They are final: rows are only ever added."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from psycopg.types.json import Json

from services.weighing.decisions.rules import Decision, RecordedDecision
from shared.postgres import Row, Store, as_row, load_queries


class DecisionStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_decisions(self, house: str, decisions: Iterable[RecordedDecision]) -> None:
        rows = [_row(house, recorded) for recorded in decisions]
        # as JSON: rows hold lists, and PostgreSQL has no array of lists of different lengths
        self.execute("add_decisions", {"decisions": Json(rows, dumps=orjson.dumps)})

    def decisions_at(self, briefing_on: date, referral_ids: Collection[UUID]) -> dict[UUID, RecordedDecision]:
        """By referral."""
        wanted = {"briefing_on": briefing_on, "referral_ids": list(referral_ids)}
        return {recorded.referral_id: recorded for recorded in self.fetch_all("decisions_at", wanted, _recorded)}

    def decisions(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, RecordedDecision]]:
        """Each with the subject of its referral, in the order of the briefings."""
        return self.fetch_all("decisions", {"house": house, "subject_ids": list(subject_ids)}, _with_subject)


def _row(house: str, recorded: RecordedDecision) -> Row:
    return as_row(recorded.decision) | {
        "house": house,
        "referral_id": recorded.referral_id,
        "tabling": recorded.tabling,
        "opens_table": recorded.opens_table,
        "back_on": recorded.back_on,
    }


def _with_subject(*, subject_id: UUID, **columns: Any) -> tuple[UUID, RecordedDecision]:
    return subject_id, _recorded(**columns)


def _recorded(
    *, referral_id: UUID, tabling: int, opens_table: str | None, back_on: date | None, **columns: Any
) -> RecordedDecision:
    frozen: Row = {name: tuple(value) if isinstance(value, list) else value for name, value in columns.items()}
    return RecordedDecision(
        referral_id=referral_id, tabling=tabling, decision=Decision(**frozen), opens_table=opens_table, back_on=back_on
    )
