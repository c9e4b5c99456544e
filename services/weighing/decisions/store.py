"""The team's decisions: those that count, and those that were taken back."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import orjson
from psycopg.types.json import Json

from services.weighing.decisions.messages import BriefingDecisionsQuery
from services.weighing.decisions.rules import Decision, DecisionDetails, RecordedDecision, TakenBack
from services.weighing.referrals.rules import Referral
from services.weighing.referrals.store import PLACE
from shared.postgres import Row, as_row, load_queries
from shared.schemas import AnnouncedSchema, schema_of
from shared.sealed_texts import SealedText, StoreWithTexts

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDetails(DecisionDetails):
    """motive_text: the sealed text that says why."""

    motive_text: UUID | None = None


DETAILS_SCHEMA = schema_of(StoredDetails, AnnouncedSchema)
NOTHING = DETAILS_SCHEMA.dump(StoredDetails())
DETAILS = tuple(field.name for field in fields(DecisionDetails))
CONTENT = tuple(field.name for field in fields(Decision) if field.name not in (*DETAILS, "motive"))
ABOUT = (
    *("house", "case_id", "subject_id", "kind", "referrer", "received_on"),
    *("municipality", "sub_region", "age_class", "family"),
)
TAKING_BACK = tuple(field.name for field in fields(TakenBack) if field.name != "recorded")


class DecisionStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because",)  # of before `because_text`

    def add_decisions(
        self, house: str, decisions: Collection[RecordedDecision], motives: Mapping[UUID, SealedText]
    ) -> None:
        """motives: of those that have one, by referral."""
        for motive in motives.values():
            self._texts.write(motive)
        rows = [_row(house, recorded) for recorded in decisions]
        # as JSON: rows hold lists, and PostgreSQL has no array of lists of different lengths
        self.execute("add_decisions", {"decisions": Json(rows, dumps=orjson.dumps)})
        rows = [_details(recorded, motives.get(recorded.referral_id)) for recorded in decisions]
        if details := [row for row in rows if row["details"] != NOTHING]:
            self.execute("add_details", {"details": Json(details, dumps=orjson.dumps)})

    def take_back(self, wrong: TakenBack, because: SealedText) -> None:
        """Keep a decision as history, so that it counts no longer."""
        where = {"referral_id": wrong.recorded.referral_id, "tabling": wrong.recorded.tabling}
        self._texts.write(because)
        self.execute("take_back", as_row(wrong) | where | {"because_text": because.text_id})

    def decisions_at(
        self, house: str, briefing_on: date, referral_ids: Collection[UUID]
    ) -> dict[UUID, RecordedDecision]:
        """By referral."""
        wanted = {"house": house, "briefing_on": briefing_on, "referral_ids": list(referral_ids)}
        return {recorded.referral_id: recorded for recorded in self._with_texts("decisions_at", wanted, _recorded)}

    def decisions_on(self, house: str, referral_id: UUID) -> dict[int, RecordedDecision]:
        """Those that count, by tabling."""
        found = self._with_texts("decisions_on", {"house": house, "referral_id": referral_id}, _recorded)
        return {recorded.tabling: recorded for recorded in found}

    def last_decision(self, house: str, referral_id: UUID) -> RecordedDecision | None:
        """Of those that count, the one at the last tabling."""
        return next(reversed(self.decisions_on(house, referral_id).values()), None)

    def move_returns(self, items: Collection[Referral], to: date) -> list[UUID]:
        """The referrals that a decision brings back at another briefing now. items: as they were on the agenda."""
        columns: Row = {name: [getattr(item, name) for item in items] for name in PLACE}
        return [row["referral_id"] for row in self.fetch_all("move_returns", columns | {"to": to})]

    def first_recorded(self, recorded: RecordedDecision) -> datetime | None:
        """When the tabling of a decision got its first one; None if that was before it was kept."""
        wanted = {"referral_id": recorded.referral_id, "tabling": recorded.tabling}
        row = self.fetch_one("first_recorded", wanted)
        return row["recorded_at"] if row else None

    def decisions(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, RecordedDecision]]:
        """Those that count, each with the subject of its referral, in the order of the briefings."""
        return self._with_texts("decisions", {"house": house, "subject_ids": list(subject_ids)}, _with_subject)

    def decisions_of_briefing(
        self, house: str, briefing_on: date, query: BriefingDecisionsQuery
    ) -> list[tuple[Referral, RecordedDecision]]:
        """In order of receipt; one more than the page holds, if there is a next page."""
        wanted = {
            "house": house,
            "briefing_on": briefing_on,
            "sub_region": query.sub_region,
            "after": query.cursor,
            "limit": query.limit + 1,
        }
        return self._with_texts("decisions_of_briefing", wanted, _with_referral)

    def taken_back(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, TakenBack]]:
        """Those that count no longer, each with the subject of its referral, in the order of being taken back."""
        return self._with_texts("taken_back", {"house": house, "subject_ids": list(subject_ids)}, _taken_back)

    def withdrawn(self, referral: Referral, tabling: int) -> TakenBack | None:
        """The decision that was withdrawn last at a tabling of a referral."""
        found = [
            taken_back
            for _, taken_back in self.taken_back(referral.house, [referral.subject_id])
            if taken_back.withdrawn
            and (taken_back.recorded.referral_id, taken_back.recorded.tabling) == (referral.referral_id, tabling)
        ]
        return found[-1] if found else None

    def _with_texts(self, query: str, wanted: Row, make: Callable[..., T]) -> list[T]:
        """What `make` makes of each row and the texts of all of them. wanted: with the `house`."""
        rows = self.fetch_all(query, wanted)
        ids = [id for row in rows for id in _texts_of(row)]
        texts = self._texts.newest(wanted["house"], ids) if ids else {}
        return [make(**row, texts=texts) for row in rows]


def _row(house: str, recorded: RecordedDecision) -> Row:
    return as_row(recorded) | as_row(recorded.decision) | {"house": house}


def _details(recorded: RecordedDecision, motive: SealedText | None) -> Row:
    of = {"referral_id": recorded.referral_id, "recorded_at": recorded.recorded_at}
    known = {name: getattr(recorded.decision, name) for name in DETAILS}
    details = StoredDetails(**known, motive_text=motive.text_id if motive else None)
    return of | {"details": DETAILS_SCHEMA.dump(details)}


def _texts_of(row: Row) -> list[UUID]:
    motive, because = (row["details"] or {}).get("motiveText"), row.get("because_text")
    return [UUID(str(id)) for id in (motive, because) if id]


def _with_subject(*, subject_id: UUID, **columns: Any) -> tuple[UUID, RecordedDecision]:
    return subject_id, _recorded(**columns)


def _with_referral(*, referral_id: UUID, **columns: Any) -> tuple[Referral, RecordedDecision]:
    about = {name: columns.pop(name) for name in ABOUT}
    return Referral(referral_id=referral_id, **about), _recorded(referral_id=referral_id, **columns)


def _taken_back(
    *, subject_id: UUID, house: str, because_text: UUID | None, texts: Mapping[UUID, str], **columns: Any
) -> tuple[UUID, TakenBack]:
    about = {name: columns.pop(name) for name in TAKING_BACK}
    if because_text:
        about["because"] = texts.get(because_text, "")
    return subject_id, TakenBack(recorded=_recorded(texts=texts, **columns), **about)


def _recorded(*, details: Any, texts: Mapping[UUID, str], **columns: Any) -> RecordedDecision:
    frozen: Row = {name: tuple(value) if isinstance(value, list) else value for name, value in columns.items()}
    content = {name: frozen.pop(name) for name in CONTENT}
    known: StoredDetails = DETAILS_SCHEMA.load(details or {})
    content |= {name: getattr(known, name) for name in DETAILS}
    content["motive"] = texts.get(known.motive_text, "") if known.motive_text else None
    return RecordedDecision(decision=Decision(**content), **frozen)
