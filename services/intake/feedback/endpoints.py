"""Feedback that people give, over HTTP."""

from uuid import UUID

from services.intake.access import GIVE_FEEDBACK
from services.intake.feedback import handlers, lookups
from services.intake.feedback.messages import FeedbackQuery, FeedbackView, RecordOutcome, TakeBackOutcome, ToldFeedback
from services.intake.unit import Lookup, Unit
from shared.web import Call, Page, command, lookup


@lookup(action=GIVE_FEEDBACK, query=FeedbackQuery, gives=FeedbackView, paged=True)
def owed_feedback(call: Call[FeedbackQuery], unit: Lookup) -> Page[FeedbackView]:
    """What referrers that called or wrote are still to hear, longest due first."""
    return lookups.owed(call.house, call.input, unit)


@lookup(action=GIVE_FEEDBACK, gives=FeedbackView)
def show_feedback(call: Call[None], unit: Lookup, feedback_id: UUID) -> FeedbackView:
    """What one referrer is to hear, and what became of it."""
    return lookups.feedback(call.house, feedback_id, unit)


@lookup(action=GIVE_FEEDBACK, gives=ToldFeedback)
def told_feedback(call: Call[None], unit: Lookup) -> ToldFeedback:
    """What referrers were told last, and who recorded that."""
    return lookups.told(call.house, unit)


@command(action=GIVE_FEEDBACK, takes=RecordOutcome)
def record_feedback(call: Call[RecordOutcome], unit: Unit, feedback_id: UUID) -> None:
    """Record that a referrer was told, or cannot be told. The same outcome again changes nothing."""
    handlers.record(call.caller, feedback_id, call.input, unit=unit)


@command(action=GIVE_FEEDBACK, takes=TakeBackOutcome)
def take_back_feedback(call: Call[TakeBackOutcome], unit: Unit, feedback_id: UUID) -> None:
    """Take back an outcome that was recorded by mistake: the referrer is still to be told."""
    handlers.take_back(call.house, feedback_id, call.input.because, by=call.caller.name, unit=unit)
