"""The team's decisions: those that count, and those that were taken back."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from psycopg.types.json import Json

from services.weighing.decisions.messages import BriefingDecisionsQuery
from services.weighing.decisions.rules import Decision, DecisionDetails, RecordedDecision, TakenBack
from services.weighing.referrals.rules import Referral
from shared.postgres import Row, as_row, load_queries
from shared.schemas import AnnouncedSchema, schema_of
from shared.sealed_texts import SealedText, StoreWithTexts

DETAILS_SCHEMA = schema_of(DecisionDetails, AnnouncedSchema)
NOTHING = DETAILS_SCHEMA.dump(DecisionDetails())
DETAILS = frozenset(field.name for field in fields(DecisionDetails))
CONTENT = tuple(field.name for field in fields(Decision) if field.name not in DETAILS)
ABOUT = (
    *("house", "case_id", "subject_id", "kind", "referrer", "received_on"),
    *("municipality", "sub_region", "age_class", "family"),
)
TAKING_BACK = tuple(field.name for field in fields(TakenBack) if field.name != "recorded")


class DecisionStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_decisions(self, house: str, decisions: Collection[RecordedDecision]) -> None:
        rows = [_row(house, recorded) for recorded in decisions]
        # as JSON: rows hold lists, and PostgreSQL has no array of lists of different lengths
        self.execute("add_decisions", {"decisions": Json(rows, dumps=orjson.dumps)})
        rows = [_details(recorded) for recorded in decisions]
        if details := [row for row in rows if row["details"] != NOTHING]:
            self.execute("add_details", {"details": Json(details, dumps=orjson.dumps)})

    def take_back(self, wrong: TakenBack, because: SealedText) -> None:
        """Keep a decision as history, so that it counts no longer."""
        where = {"referral_id": wrong.recorded.referral_id, "tabling": wrong.recorded.tabling}
        self._texts.write(because)
        self.execute("take_back", as_row(wrong) | where | {"because_text": because.text_id})

    def decisions_at(self, briefing_on: date, referral_ids: Collection[UUID]) -> dict[UUID, RecordedDecision]:
        """By referral."""
        wanted = {"briefing_on": briefing_on, "referral_ids": list(referral_ids)}
        return {recorded.referral_id: recorded for recorded in self.fetch_all("decisions_at", wanted, _recorded)}

    def decisions_on(self, referral_id: UUID) -> dict[int, RecordedDecision]:
        """Those that count, by tabling."""
        found = self.fetch_all("decisions_on", {"referral_id": referral_id}, _recorded)
        return {recorded.tabling: recorded for recorded in found}

    def last_decision(self, referral_id: UUID) -> RecordedDecision | None:
        """Of those that count, the one at the last tabling."""
        return next(reversed(self.decisions_on(referral_id).values()), None)

    def decisions(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, RecordedDecision]]:
        """Those that count, each with the subject of its referral, in the order of the briefings."""
        return self.fetch_all("decisions", {"house": house, "subject_ids": list(subject_ids)}, _with_subject)

    def decisions_of_briefing(
        self, house: str, briefing_on: date, query: BriefingDecisionsQuery
    ) -> list[tuple[Referral, RecordedDecision]]:
        """In the order of the agenda; one more than the page holds, if there is a next page."""
        wanted = {
            "house": house,
            "briefing_on": briefing_on,
            "sub_region": query.sub_region,
            "after": query.cursor,
            "limit": query.limit + 1,
        }
        return self.fetch_all("decisions_of_briefing", wanted, _with_referral)

    def taken_back(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, TakenBack]]:
        """Those that count no longer, each with the subject of its referral, in the order of being taken back."""
        rows = self.fetch_all("taken_back", {"house": house, "subject_ids": list(subject_ids)})
        texts = self._texts.newest(house, [row["because_text"] for row in rows if row["because_text"]])
        return [_taken_back(**row, texts=texts) for row in rows]

    def withdrawn(self, referral: Referral, tabling: int) -> TakenBack | None:
        """The decision that was withdrawn last at a tabling of a referral."""
        found = [
            taken_back
            for _, taken_back in self.taken_back(referral.house, [referral.subject_id])
            if taken_back.withdrawn
            and (taken_back.recorded.referral_id, taken_back.recorded.tabling) == (referral.referral_id, tabling)
        ]
        return found[-1] if found else None


def _row(house: str, recorded: RecordedDecision) -> Row:
    return as_row(recorded) | as_row(recorded.decision) | {"house": house}


def _details(recorded: RecordedDecision) -> Row:
    of = {"referral_id": recorded.referral_id, "recorded_at": recorded.recorded_at}
    return of | {"details": DETAILS_SCHEMA.dump(recorded.decision)}


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
    return subject_id, TakenBack(recorded=_recorded(**columns), **about)


def _recorded(*, details: Any, **columns: Any) -> RecordedDecision:
    frozen: Row = {name: tuple(value) if isinstance(value, list) else value for name, value in columns.items()}
    content = {name: frozen.pop(name) for name in CONTENT}
    known: DecisionDetails = DETAILS_SCHEMA.load(details or {})
    return RecordedDecision(decision=Decision(**content, **as_row(known)), **frozen)
