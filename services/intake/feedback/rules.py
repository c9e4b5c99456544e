"""What a referrer that called or wrote is still to hear of its referral, and what became of telling it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.rules import Contradiction, UnknownObject
from shared.working_days import working_days_after

WORKING_DAYS = 2
"""Within so many working days of the decision a referrer hears of it."""

Outcome = Literal["given", "impossible"]


class UnknownFeedback(UnknownObject):
    field = "feedbackId"
    reason = "is no feedback of this house"


class AlreadyRecorded(Contradiction):
    field = "feedbackId"
    reason = "has another outcome already; take that one back first"


class NothingRecorded(Contradiction):
    field = "feedbackId"
    reason = "has no outcome to take back"


class NoLongerOwed(Contradiction):
    field = "feedbackId"
    reason = "is owed no longer: something newer is to be told in its place"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What there is to tell: a decision, that the last one was withdrawn, or that nobody weighs the referral.

    correction: the referrer was told something else before. back_on_agenda: the team decides, or decides anew.
    """

    decision: str | None = None
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None
    decided_on: date | None = None
    correction: bool = False
    back_on_agenda: bool = False
    not_weighed: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the team decides again."""
        return self.back_on_agenda or self.comes_back_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(News):
    """News that a person of the house tells a referrer. contact_moment_id: in which the referral was
    told, if the house keeps it. lapsed: something newer was to be told before this was.

    outcome: None as long as nobody has told the referrer. told_on: the day on which the referrer heard.
    """

    feedback_id: UUID
    referral_id: UUID
    case_id: UUID
    subject_id: UUID
    referrer: str
    municipality: str
    contact_moment_id: UUID | None = None
    owed_since: date
    due_on: date
    lapsed: bool = False
    outcome: Outcome | None = None
    told_on: date | None = None
    recorded_by: str | None = None
    recorded_at: datetime | None = None

    @property
    def is_owed(self) -> bool:
        return not self.lapsed and self.outcome is None


def due_day(decided_on: date) -> date:
    """The last day on which telling is in time: of Friday 13 March 2015 it is Tuesday 17 March."""
    return working_days_after(decided_on, WORKING_DAYS)


def of_withdrawn(news: News) -> News:
    """The news of a referral that its sender withdrew: nobody decides on it again."""
    return replace(news, comes_back_on=None, back_on_agenda=False)


def news_of(news: News, before: Feedback | None) -> News | None:
    """What is to be told now, given what was last to be told of the referral; None if there is nothing.

    Of a decision that nobody was told, nobody has to hear that it was wrong: the referrer hears the right one alone.
    """
    heard = before is not None and before.outcome == "given"
    was_correction = before is not None and before.correction
    if news.decision is None and not (news.not_weighed or heard or was_correction):
        return None
    return replace(news, correction=news.correction and (heard or was_correction))


def check_outcome(feedback: Feedback, outcome: Outcome, told_on: date | None) -> bool:
    """Whether the outcome is new. Raises NoLongerOwed, AlreadyRecorded."""
    if feedback.lapsed:
        raise NoLongerOwed
    if feedback.outcome is None:
        return True
    if (feedback.outcome, feedback.told_on) != (outcome, told_on):
        raise AlreadyRecorded
    return False
