"""A BIJ question and the house's advice."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.intake.bij_questions.rules import State
from services.intake.partners.rules import Statement
from shared.bounds import Code, Length, Line, Name, Text

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHouse:
    """`about`: who returns. `question`: with what the house can help. Nobody is registered by it."""

    about: Line
    question: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BijQuestionSubmitted(Statement):
    """`bij-questions.submitted.v1` of a municipality: its mandated contact asks the house. `asked_by`: that contact."""

    reference: Code
    asked_by: Name
    about: Line
    question: Text

    @property
    def asked(self) -> AskHouse:
        return AskHouse(about=self.about, question=self.question)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviseMayor:
    """`advice`: for the mayor."""

    advice: Text
    supports: bool | None = None


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
    supports: bool | None
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
    supports: bool | None
    earlier: tuple[EarlierAdvice, ...] = ()

    def says(self, given: AdviseMayor) -> bool:
        """Whether this is the answer that stands."""
        return (self.advice, self.supports) == (given.advice, given.supports)


@dataclass(frozen=True, slots=True, kw_only=True)
class BijQuestionList:
    """What waits first, the oldest first; then what was answered last."""

    items: Annotated[tuple[ListedQuestion, ...], Length(most=MOST_LISTED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BijQuestionAnswered:
    """`bij-questions.answered.v1`: the house's answer to a question that the partner sent.

    `message_id`, `reference`: the partner's own. `supports`: absent if nobody said. `correction`: true if the answer
    before is wrong; `because`: what was wrong with it.
    """

    message_id: str
    reference: str
    advice: str
    supports: bool | None = None
    answered_on: date
    correction: bool | None = None
    because: str | None = None
