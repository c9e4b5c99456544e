"""What referrers that called or wrote are still to hear."""

from functools import partial
from operator import attrgetter
from uuid import UUID

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
    found = [_view(each, lookup) for each in store.owed(house, query)]
    return page_of(found, query.limit, attrgetter("feedback_id"))


def feedback(house: str, feedback_id: UUID, lookup: Lookup) -> FeedbackView:
    """Raises UnknownFeedback."""
    found = lookup.store(FeedbackStore).feedback(house, feedback_id)
    if found is None:
        raise UnknownFeedback
    return _view(found, lookup)


def told(house: str, lookup: Lookup) -> ToldFeedback:
    """What was recorded last."""
    return ToldFeedback(items=tuple(_view(each, lookup) for each in lookup.store(FeedbackStore).told(house, MOST_TOLD)))


def _view(found: Feedback, lookup: Lookup) -> FeedbackView:
    overdue = found.is_owed and found.due_on < dutch_date(lookup.now())
    return FeedbackView(**as_row(found), overdue=overdue)
