"""What is kept of the platform's past."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from services.reporting.counters.rules import Reading, Readings
from services.reporting.history.messages import PartnerDay
from services.reporting.history.rules import APART, PartnerMinute, PastProblem, Period, Piece, ServiceMinute
from services.reporting.problems.rules import PlatformProblem
from shared.postgres import Store, as_row, load_queries

MOST_DELETED = 500
"""Rows of throughput in one step."""


class LastMinute(NamedTuple):
    """How far the history is. ended: None if there is none yet."""

    ended: datetime | None
    readings: Readings


class HistoryStore(Store):
    """Of several replicas of reporting one at a time writes: the replica that gets a row of `last_minute`."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def oldest(self) -> Mapping[str, float]:
        """For each queue with messages a moment, in seconds since the epoch, of before the oldest of them came."""
        row = self.fetch_one("oldest")
        return dict(row["oldest"]) if row else {}

    def last_minute(self, at: datetime) -> LastMinute | None:
        """The minute before `at`, locked; None while another replica writes, or if one just did."""
        row = self.fetch_one("last_minute", {"at": at, "apart": APART.total_seconds()})
        if not row:
            return None
        readings = {process: Reading(*reading) for process, reading in row["readings"].items()}
        return LastMinute(row["ended"], readings)

    def put_watched(self, at: datetime, readings: Readings, oldest: Mapping[str, float]) -> None:
        kept = {process: list(reading) for process, reading in readings.items()}
        told = {"readings": Jsonb(kept, dumps=orjson.dumps), "oldest": Jsonb(oldest, dumps=orjson.dumps)}
        self.execute("put_watched", {"at": at} | told)

    def add_throughput(self, at: datetime, seconds: float, minutes: Sequence[ServiceMinute]) -> None:
        self.execute("add_throughput", {"at": at, "seconds": seconds} | _columns(ServiceMinute, minutes))

    def add_to_partner_days(self, at: datetime, day: date, minutes: Sequence[PartnerMinute]) -> None:
        self.execute("add_to_partner_days", {"at": at, "day": day} | _columns(PartnerMinute, minutes))

    def put_problems(self, at: datetime, problems: Sequence[PlatformProblem]) -> None:
        """problems: those of this moment, and those that ended since the last minute."""
        lasting = [problem for problem in problems if problem.until is None]
        told = _columns(PlatformProblem, problems) | {"apart": APART.total_seconds()}
        self.execute("prolong_problems", told)
        self.execute("add_problems", told | {"id": [uuid7() for _ in problems]})
        self.execute("end_problems", _columns(PlatformProblem, lasting) | {"at": at})

    def delete_old(self, at: datetime, days: int) -> None:
        old = {"at": at, "days": days}
        self.execute("delete_throughput", old | {"most": MOST_DELETED})
        self.execute("delete_partner_days", old)
        self.execute("delete_problems", old)

    def pieces(self, period: Period) -> list[Piece]:
        step = period.step.total_seconds()
        return self.fetch_all("pieces", {"begin": period.begin, "end": period.end, "step": step}, Piece)

    def partner_days(self, day: date, house: str | None) -> list[PartnerDay]:
        return self.fetch_all("partner_days", {"day": day, "house": house}, PartnerDay)

    def problem_known(self, cursor: UUID) -> bool:
        return self.fetch_one("problem_known", {"cursor": cursor}) is not None

    def problems(self, cursor: UUID | None, limit: int) -> list[PastProblem]:
        return self.fetch_all("problems", {"cursor": cursor, "limit": limit + 1}, PastProblem)


def _columns(kind: type, rows: Sequence[object]) -> dict[str, list[Any]]:
    """The rows of a dataclass as an array for each of its fields."""
    values = [as_row(row) for row in rows]
    return {field.name: [row[field.name] for row in values] for field in fields(kind)}
