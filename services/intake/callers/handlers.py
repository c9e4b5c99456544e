"""Somebody of the house answers a caller, and records it."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from services.intake.callers.messages import AnswerCaller
from services.intake.callers.rules import AnsweredOtherwise, BeforeQuestion, NothingAsked
from services.intake.contact_moments.handlers import moment_to_change, tells_of_somebody
from services.intake.contact_moments.messages import CallerAnswer
from services.intake.contact_moments.rules import OWED
from services.intake.contact_moments.store import ContactMoment, ContactMomentStore
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.messaging import Rejected, problem_of
from shared.rules import BrokenRule


def answer_caller(
    house_id: str, contact_moment_id: UUID, given: AnswerCaller, *, by: str, version: int | None, unit: Unit
) -> ContactMoment:
    """Record what a caller was told. The same again changes nothing.

    Raises UnknownContactMoment, IsWithdrawn, NothingAsked, AnsweredOtherwise, Rejected.
    """
    moment, store = moment_to_change(house_id, contact_moment_id, version, unit), unit.store(ContactMomentStore)
    told_on = given.told_on or dutch_date(unit.now())
    if _is_told(moment, given, told_on, store.answers(moment)):
        return moment
    if broken := [*_broken_rules(moment, given, told_on, unit)]:
        raise Rejected(*map(problem_of, broken))
    return store.add_answer(
        moment,
        CallerAnswer(
            told_on=told_on, answer=given.answer, recorded_by=by, recorded_at=unit.now(), because=given.because
        ),
    )


def _is_told(moment: ContactMoment, given: AnswerCaller, told_on: date, answers: Sequence[CallerAnswer]) -> bool:
    """Whether this answer stands already. Raises NothingAsked, AnsweredOtherwise."""
    if moment.state not in ("sorted", "answered") or moment.sorted_as not in OWED:
        raise NothingAsked
    if moment.state == "sorted":
        return False
    is_same = (answers[0].answer, answers[0].told_on) == (given.answer, told_on)
    if not is_same and given.because is None:
        raise AnsweredOtherwise
    return is_same


def _broken_rules(moment: ContactMoment, given: AnswerCaller, told_on: date, unit: Unit) -> Iterator[BrokenRule]:
    if told_on < moment.told_on:
        yield BeforeQuestion()
    if moment.sorted_as == "consultation" and not given.confirmed:
        yield from tells_of_somebody(moment.house, "answer", given.answer, unit)
