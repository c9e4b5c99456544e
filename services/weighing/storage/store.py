"""One method per query, with its name; domain objects in and out, and plain rows for what people read."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection
from psycopg.types.json import Json

from services.weighing.domain.agenda import InformationRequest, Referral
from services.weighing.domain.decisions import Decision, Weighed
from shared.postgres import Store, as_row, load_queries

Row = dict[str, Any]
PLACE = ("referral_id", "tabling", "table_on")
LISTS = ("attendees", "criteria", "information_used")
DECISION = tuple(each.name for each in fields(Decision))


class WeighingStore(Store):
    """Weighing's own tables."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("put_on_agenda", "add_information_request")

    def __init__(self, connection: Connection[Any]) -> None:
        super().__init__(connection)
        self._known: dict[UUID, bool] = {}

    def load_known(self, referral_ids: Collection[UUID]) -> None:
        """Read at once which of these are there."""
        known = {row["referral_id"] for row in self.fetch_all("known", {"referral_ids": list(referral_ids)})}
        self._known |= {referral_id: referral_id in known for referral_id in referral_ids}

    def is_known(self, referral_id: UUID) -> bool:
        if referral_id not in self._known:
            self.load_known([referral_id])
        return self._known[referral_id]

    def put_on_agenda(self, referral: Referral) -> None:
        self._known[referral.referral_id] = True
        self.later("put_on_agenda", as_row(referral))

    def referral(self, house: str, referral_id: UUID) -> Referral | None:
        row = self.fetch_one("referral", {"house": house, "referral_id": referral_id})
        return Referral(**row) if row else None

    def referrals_to_weigh(self, house: str, referral_ids: Collection[UUID]) -> dict[UUID, Referral]:
        rows = self.fetch_all("referrals_to_weigh", {"house": house, "referral_ids": list(referral_ids)})
        return {row["referral_id"]: Referral(**row) for row in rows}

    def move_on_agenda(self, referrals: Collection[Referral]) -> None:
        columns = {name: [getattr(each, name) for each in referrals] for name in PLACE}
        self.execute("move_on_agenda", columns)

    def agenda(self, house: str, *, sub_region: str, on: date, after: UUID | None, limit: int) -> list[Referral]:
        """after: the last referral of the page before."""
        wanted = {"house": house, "sub_region": sub_region, "on": on, "after": after, "limit": limit}
        return [Referral(**row) for row in self.fetch_all("agenda", wanted)]

    def briefings(self, house: str, sub_region: str) -> list[Row]:
        return self.fetch_all("briefings", {"house": house, "sub_region": sub_region})

    def waiting(self) -> list[Row]:
        return self.fetch_all("waiting")

    def add_information_request(self, house: str, request: InformationRequest) -> None:
        self.later("add_information_request", as_row(request) | {"house": house})

    def information_request_to_answer(self, house: str, request_id: UUID, partner: str) -> Row | None:
        return self.fetch_one(
            "information_request_to_answer", {"house": house, "request_id": request_id, "partner": partner}
        )

    def answer_information_request(self, request_id: UUID, answered_on: date, involved: Collection[str]) -> None:
        answer = {"request_id": request_id, "answered_on": answered_on, "involved": list(involved)}
        self.execute("answer_information_request", answer)

    def information_requests(self, referral_ids: Collection[UUID]) -> list[Row]:
        return self.fetch_all("information_requests", {"referral_ids": list(referral_ids)})

    def add_decisions(self, house: str, weighed: Mapping[UUID, Weighed]) -> None:
        rows = [row_of(each) | {"referral_id": referral_id, "house": house} for referral_id, each in weighed.items()]
        # as JSON: rows hold lists, and an array of lists of different lengths is none
        self.execute("add_decisions", {"decisions": Json(rows, dumps=orjson.dumps)})

    def decisions_at(self, briefing_on: date, referral_ids: Collection[UUID]) -> dict[UUID, Weighed]:
        rows = self.fetch_all("decisions_at", {"briefing_on": briefing_on, "referral_ids": list(referral_ids)})
        return {row["referral_id"]: _weighed(row) for row in rows}

    def decisions(self, house: str, subject_ids: Collection[UUID]) -> list[Row]:
        return self.fetch_all("decisions", {"house": house, "subject_ids": list(subject_ids)})


def row_of(weighed: Weighed) -> Row:
    """A decision as the columns of its table, without those that tell whose it is."""
    return as_row(weighed.decision) | {
        "tabling": weighed.tabling,
        "opens_table": weighed.opens_table,
        "back_on": weighed.back_on,
    }


def _weighed(row: Row) -> Weighed:
    decision = {name: row[name] for name in DECISION} | {name: tuple(row[name]) for name in LISTS}
    return Weighed(
        tabling=row["tabling"], decision=Decision(**decision), opens_table=row["opens_table"], back_on=row["back_on"]
    )
