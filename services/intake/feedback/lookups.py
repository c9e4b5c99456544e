"""What referrers that called or wrote are still to hear."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from uuid import UUID

from services.intake import metrics
from services.intake.feedback.messages import MOST_TOLD, FeedbackQuery, FeedbackView, ToldFeedback
from services.intake.feedback.rules import Feedback, UnknownFeedback
from services.intake.feedback.store import FeedbackStore
from services.intake.unit import Lookup
from shared.business_dates import dutch_date
from shared.postgres import as_row
from shared.web import Page, check_cursor, page_of


def owed(house: str, query: FeedbackQuery, lookup: Lookup) -> Page[FeedbackView]:
    """A page of it, longest due first. Raises Rejected if the cursor is no feedback of this house."""
    store = lookup.store(FeedbackStore)
    check_cursor(query.cursor, partial(store.feedback, house))
    found = _views(house, store.owed(house, query), lookup)
    return page_of(found, query.limit, attrgetter("feedback_id"))


def feedback(house: str, feedback_id: UUID, lookup: Lookup) -> FeedbackView:
    """Raises UnknownFeedback."""
    found = lookup.store(FeedbackStore).feedback(house, feedback_id)
    if found is None:
        raise UnknownFeedback
    [view] = _views(house, [found], lookup)
    return view


def told(house: str, lookup: Lookup) -> ToldFeedback:
    """What was recorded last."""
    return ToldFeedback(items=tuple(_views(house, lookup.store(FeedbackStore).told(house, MOST_TOLD), lookup)))


def count_overdue(lookup: Lookup) -> None:
    """Bring the gauge up to date; a house in which everybody has heard leaves the gauge."""
    overdue = lookup.store(FeedbackStore).overdue(dutch_date(lookup.now()))
    metrics.FEEDBACK_OVERDUE.clear()
    for house, count in overdue:
        metrics.FEEDBACK_OVERDUE.labels(house).set(count)


def _views(house: str, found: Sequence[Feedback], lookup: Lookup) -> list[FeedbackView]:
    today = dutch_date(lookup.now())
    reasons = lookup.store(FeedbackStore).reasons([each.feedback_id for each in found if each.outcome])
    texts = lookup.texts.newest(house, list(reasons.values())) if reasons else {}
    told = {feedback_id: texts.get(text_id) for feedback_id, text_id in reasons.items()}
    return [
        FeedbackView(**as_row(each), overdue=each.is_owed and each.due_on < today, because=told.get(each.feedback_id))
        for each in found
    ]
