"""Intake hears what became of a partner's message, and answers the partner."""

from typing import TypeVar

from services.aftercare.house import House
from services.aftercare.judgements.messages import PartnerMessage, ProblemFound, SubmissionJudged
from shared.messaging import Event, Problem
from shared.unit import Unit

Submission = TypeVar("Submission", bound=PartnerMessage)


def judge(event: Event[Submission], problems: tuple[Problem, ...], unit: Unit[House]) -> None:
    """Tell intake that the message took effect, or each of its fields that is wrong."""
    message = SubmissionJudged(
        message_id=event.data.message_id,
        partner=event.data.partner,
        problems=tuple(_found(problem) for problem in problems),
    )
    unit.announce(message, house=event.house, case_id=event.case_id, time=event.time)


def _found(problem: Problem) -> ProblemFound:
    return ProblemFound(field=_path(problem.field), reason=problem.reason, code=problem.code)


def _path(field: str) -> str:
    """The field as the partner knows it; empty for the message as a whole."""
    return f"data.{field}" if field else ""
