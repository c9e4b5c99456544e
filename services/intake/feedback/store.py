"""What referrers that called or wrote are to hear, and what became of it."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from services.intake.feedback.messages import FeedbackQuery
from services.intake.feedback.rules import Feedback, News, Outcome
from shared.postgres import Store, as_row, load_queries


class FeedbackStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_feedback(
        self, house: str, feedback_id: UUID, referral_id: UUID, news: News, *, owed_since: date, due_on: date
    ) -> None:
        row = {"house": house, "feedback_id": feedback_id, "referral_id": referral_id}
        self.execute("add_feedback", as_row(news) | row | {"owed_since": owed_since, "due_on": due_on})

    def last_of_referral(self, referral_id: UUID) -> Feedback | None:
        """What was last to be told of a referral, locked; what lapsed does not count."""
        return self.fetch_one("last_of_referral", {"referral_id": referral_id}, Feedback)

    def lapse(self, feedback_id: UUID) -> None:
        self.execute("lapse", {"feedback_id": feedback_id})

    def feedback(self, house: str, feedback_id: UUID) -> Feedback | None:
        return self.fetch_one("feedback", {"house": house, "feedback_id": feedback_id}, Feedback)

    def feedback_to_change(self, house: str, feedback_id: UUID) -> Feedback | None:
        """The same, locked until the transaction ends."""
        return self.fetch_one("feedback_to_change", {"house": house, "feedback_id": feedback_id}, Feedback)

    def owed(self, house: str, query: FeedbackQuery) -> list[Feedback]:
        """Longest due first; one more than the page holds, if there is a next page."""
        wanted = {"house": house, "after": query.cursor, "limit": query.limit + 1}
        return self.fetch_all("owed", wanted, Feedback)

    def told(self, house: str, most: int) -> list[Feedback]:
        """What has an outcome, the latest first."""
        return self.fetch_all("told", {"house": house, "limit": most}, Feedback)

    def record(self, feedback_id: UUID, outcome: Outcome, told_on: date | None, *, by: str, at: datetime) -> None:
        row = {"feedback_id": feedback_id, "outcome": outcome, "told_on": told_on}
        self.execute("record", row | {"recorded_by": by, "recorded_at": at})

    def add_reason(self, feedback_id: UUID, text_id: UUID, *, at: datetime) -> None:
        """Why the outcome of that moment is as it is."""
        self.execute("add_reason", {"feedback_id": feedback_id, "text_id": text_id, "recorded_at": at})

    def reasons(self, feedback_ids: Collection[UUID]) -> dict[UUID, UUID]:
        """The texts that go with the outcomes that count, by feedback."""
        rows = self.fetch_all("reasons", {"feedback_ids": list(feedback_ids)})
        return {row["feedback_id"]: row["text_id"] for row in rows}

    def overdue(self, today: date) -> list[tuple[str, int]]:
        """Of each house how many referrers should have heard before this day."""
        return [(row["house"], row["overdue"]) for row in self.fetch_all("overdue", {"today": today})]

    def take_back(self, feedback_id: UUID, *, because: bytes, by: str, at: datetime) -> None:
        """because: sealed."""
        row = {"feedback_id": feedback_id, "because": because}
        self.execute("take_back", row | {"taken_back_by": by, "taken_back_at": at})
