"""What waits for the people of intake."""

from collections.abc import Iterator

from services.intake.bij_questions.store import BijQuestionStore
from services.intake.contact_moments.store import ContactMomentStore
from services.intake.feedback import lookups as feedback
from services.intake.feedback.messages import FeedbackQuery
from services.intake.feedback.store import FeedbackStore
from services.intake.forgettings.store import ForgettingRequestStore
from services.intake.matches.store import MatchStore
from services.intake.pre_sorting.store import PreSortingStore
from services.intake.set_aside.store import SetAsideStore
from services.intake.suspects import lookups as suspects
from services.intake.unit import Lookup
from shared.business_dates import dutch_date
from shared.web import Caller
from shared.web.work import MOST_OF_A_KIND, WorkItem


def identity_conflicts(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """The referrals that wait until a person has decided whom they are about. They are about no case yet."""
    for waiting in lookup.store(SetAsideStore).waiting(caller.house):
        since = dutch_date(waiting.set_aside_at)
        yield WorkItem(kind="identity_conflict", object_id=str(waiting.referral_id), since=since)


def matches(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """The pairs of records that may be one person, and the separations that wait for a second person."""
    for match in lookup.store(MatchStore).to_decide(caller.house):
        kind = "match" if match.state == "proposed" else "separation"
        if match.state == "proposed" or match.asked_by != caller.id:
            yield WorkItem(kind=kind, object_id=str(match.match_id), since=dutch_date(match.proposed_at))


def forgettings(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """Whom somebody else asked to be forgotten: it waits for a second person."""
    for asked in lookup.store(ForgettingRequestStore).to_confirm(caller.house, caller.id):
        since, object_id = dutch_date(asked.asked_at), str(asked.forgetting_id)
        yield WorkItem(kind="forgetting", object_id=object_id, case_id=asked.case_id, since=since)


def contact_moments(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """What reached the house and nobody has sorted. Somebody waits for an answer: it is overdue a day later."""
    today = dutch_date(lookup.now())
    for moment in lookup.store(ContactMomentStore).waiting(caller.house):
        since, object_id = moment.told_on, str(moment.contact_moment_id)
        yield WorkItem(kind="contact_moment", object_id=object_id, since=since, overdue=since < today)


def callers(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """Who asked something and is still to be answered."""
    today = dutch_date(lookup.now())
    for moment in lookup.store(ContactMomentStore).to_answer(caller.house):
        assert moment.answer_due_on  # as what is owed has
        yield WorkItem(
            kind="caller_to_answer",
            object_id=str(moment.contact_moment_id),
            since=moment.told_on,
            due_on=moment.answer_due_on,
            overdue=moment.answer_due_on < today,
        )


def held_back(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """The referrals of which somebody must say whether they are worrying. If they are, it is overdue a day later."""
    today = dutch_date(lookup.now())
    for held in lookup.store(PreSortingStore).waiting(caller.house):
        yield WorkItem(
            kind="held_back",
            object_id=str(held.referral_id),
            case_id=held.case_id,
            municipality=held.municipality,
            since=held.received_on,
            overdue=held.received_on < today,
        )


def owed_feedback(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """What referrers that called or wrote are still to hear."""
    today = dutch_date(lookup.now())
    for owed in lookup.store(FeedbackStore).owed(caller.house, FeedbackQuery(limit=MOST_OF_A_KIND)):
        yield WorkItem(
            kind="feedback_owed",
            object_id=str(owed.feedback_id),
            case_id=owed.case_id,
            municipality=owed.municipality,
            since=owed.owed_since,
            due_on=owed.due_on,
            overdue=owed.due_on < today,
        )


def bij_questions(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """The BIJ questions that nobody has answered."""
    for asked in lookup.store(BijQuestionStore).bij_questions(caller.house, None):
        if asked.state == "asked":
            since = dutch_date(asked.asked_at)
            yield WorkItem(kind="bij_question", object_id=str(asked.question_id), since=since)


def suspect_lists(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """The partners whose daily lists of suspects stopped: somebody asks them."""
    for each in suspects.stopped(lookup.profile(caller.house), lookup):
        yield WorkItem(
            kind="suspect_lists_stopped",
            object_id=each.partner,
            since=each.last_on,
            due_on=each.due_on,
            overdue=True,
        )


def count_overdue(lookup: Lookup) -> None:
    """Bring the gauges of what is overdue up to date."""
    feedback.count_overdue(lookup)
    suspects.count_stopped(lookup)
