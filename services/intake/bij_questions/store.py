"""BIJ questions; their texts are sealed, each question under a key of its own."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import orjson

from services.intake.bij_questions.messages import (
    MOST_LISTED,
    AdviseMayor,
    AskHouse,
    BijQuestion,
    EarlierAdvice,
    ListedQuestion,
)
from services.intake.partners.rules import SentAs
from shared.postgres import as_row, load_queries
from shared.sealed_texts import StoreWithTexts


class Place(NamedTuple):
    """Under whose key the texts are sealed: a question is of no case, and has a key of its own."""

    house: str
    case_id: UUID


class BijQuestionStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("about", "question", "advice", "because", "sent_as")

    def add_question(
        self, place: Place, partner: str, asked: AskHouse, by: str, at: datetime, sent_as: SentAs | None = None
    ) -> None:
        """sent_as: None of a question that was asked at the desk."""
        row = {"question_id": place.case_id, "house": place.house, "partner": partner, "asked_by": by, "asked_at": at}
        sent = orjson.dumps(list(sent_as)).decode() if sent_as else None
        self.execute("add_question", self._sealed(place, row | as_row(asked) | {"sent_as": sent}))

    def answer_question(self, place: Place, given: AdviseMayor, by: str, at: datetime) -> None:
        row = {"question_id": place.case_id, "advice": given.advice, "supports": given.supports}
        self.execute("answer_question", self._sealed(place, row | {"answered_by": by, "answered_at": at}))

    def supersede_answer(self, place: Place, because: str, by: str, at: datetime) -> None:
        """Keep the answer that is corrected."""
        row = {"question_id": place.case_id, "because": because, "superseded_by": by, "superseded_at": at}
        self.execute("supersede_answer", self._sealed(place, row))

    def bij_question(self, place: Place) -> BijQuestion | None:
        found = self.fetch_one("bij_question", {"house": place.house, "question_id": place.case_id}, BijQuestion)
        return replace(found, earlier=self._earlier(found.question_id)) if found and found.corrected else found

    def sent_as(self, place: Place) -> SentAs | None:
        """None of a question that was asked at the desk, or was forgotten."""
        row = self.fetch_one("sent_as", {"house": place.house, "question_id": place.case_id})
        return SentAs(*orjson.loads(row["sent_as"])) if row and row["sent_as"] else None

    def _earlier(self, question_id: UUID) -> tuple[EarlierAdvice, ...]:
        return tuple(self.fetch_all("earlier_answers", {"question_id": question_id}, EarlierAdvice))

    def bij_questions(self, house: str, partner: str | None) -> list[ListedQuestion]:
        """partner: whose questions; None for all of the house."""
        wanted = {"house": house, "partner": partner, "limit": MOST_LISTED}
        return self.fetch_all("bij_questions", wanted, ListedQuestion)
