"""A BIJ question and the house's advice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from services.intake.bij_questions.rules import State
from shared.bounds import Length, Line, Text

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHouse:
    """`about`: who returns. `question`: with what the house can help. Nobody is registered by it."""

    about: Line
    question: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviseMayor:
    """`advice`: for the mayor."""

    advice: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAdvice(AdviseMayor):
    """The right advice. `because`: what was wrong with the one before; sealed."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedQuestion:
    """`questionId`: the BIJ question. `partner`: which asked. `answeredBy`, `answeredAt`: of the answer that stands;
    null before the answer.
    """

    question_id: UUID
    partner: str
    state: State
    asked_by: str
    asked_at: datetime
    answered_by: str | None
    answered_at: datetime | None
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAdvice:
    """An answer that was corrected. `because`: what was wrong with it. `supersededBy`, `supersededAt`: who corrected
    it, and when. Its texts are empty once they were forgotten.
    """

    advice: str
    answered_by: str
    answered_at: datetime
    because: str
    superseded_by: str
    superseded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BijQuestion(ListedQuestion):
    """`about`: who returns. `question`: with what the house can help. `advice`: for the mayor; null before the answer.
    All three are empty once they were forgotten. `earlier`: the answers that were corrected, the last first.
    """

    about: str
    question: str
    advice: str | None
    earlier: tuple[EarlierAdvice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BijQuestionList:
    """What waits first, the oldest first; then what was answered last."""

    items: Annotated[tuple[ListedQuestion, ...], Length(most=MOST_LISTED)]
