"""Referrals that wait for the weighing team."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from shared.postgres import Store, load_queries
from shared.web.work import MOST_OF_A_KIND

LOOKED_AT = 1000
"""So many referrals are looked at, those that wait longest: more would take as long as the rest of the page."""


class WaitingBriefing(NamedTuple):
    """A briefing of a sub-region with referrals on its agenda. since: when the first of them was received."""

    sub_region: str
    table_on: date
    waiting: int
    since: date


class Unanswered(NamedTuple):
    """A referral with requests that were not answered. answer_by: the day of the first of them."""

    referral_id: UUID
    case_id: UUID
    municipality: str
    answer_by: date
    requests: int


class LateAnswer(NamedTuple):
    """What a partner told too late to one request. told: how often. running_there: also that the case runs there."""

    request_id: UUID
    case_id: UUID
    municipality: str
    since: date
    told: int
    running_there: bool


class Question(NamedTuple):
    """What a partner is asked and has not answered. received_on: when the referral was received."""

    request_id: UUID
    case_id: UUID
    municipality: str
    received_on: date
    answer_by: date


class ToSettle(NamedTuple):
    """A briefing that was held. waiting: how many referrals nothing was decided on."""

    sub_region: str
    on: date
    waiting: int


class DueFollowUp(NamedTuple):
    """What was agreed at a briefing, and of which nothing was reported."""

    follow_up_id: UUID
    case_id: UUID
    municipality: str
    agreed_on: date
    due_on: date


class WorkStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def briefings(self, house: str) -> list[WaitingBriefing]:
        return self.fetch_all("briefings", {"house": house, "limit": MOST_OF_A_KIND}, WaitingBriefing)

    def unanswered(self, house: str, today: date) -> list[Unanswered]:
        """The referrals on the agenda with requests whose day is over."""
        wanted = {"house": house, "today": today, "among": LOOKED_AT, "limit": MOST_OF_A_KIND}
        return self.fetch_all("unanswered", wanted, Unanswered)

    def late_answers(self, house: str) -> list[LateAnswer]:
        return self.fetch_all("late_answers", {"house": house, "limit": MOST_OF_A_KIND}, LateAnswer)

    def questions(self, house: str, partner: str) -> list[Question]:
        wanted = {"house": house, "partner": partner, "limit": MOST_OF_A_KIND}
        return self.fetch_all("questions", wanted, Question)

    def to_call(self, house: str, today: date, **reached: Collection[str]) -> list[Question]:
        """What nobody has answered whom no message asks, or not just that, or reminded. reached: as a House has them,
        hear_questions, hear_each_question and hear_reminders.
        """
        wanted = {"house": house, "today": today, "among": LOOKED_AT, "limit": MOST_OF_A_KIND}
        return self.fetch_all(
            "to_call", wanted | {name: list(partners) for name, partners in reached.items()}, Question
        )

    def to_settle(self, house: str) -> list[ToSettle]:
        """The briefings that were held and are not settled."""
        return self.fetch_all("to_settle", {"house": house, "limit": MOST_OF_A_KIND}, ToSettle)

    def follow_ups(self, house: str, due_by: date) -> list[DueFollowUp]:
        """Of all partners."""
        return self.fetch_all("follow_ups", {"house": house, "due_by": due_by, "limit": MOST_OF_A_KIND}, DueFollowUp)

    def own_follow_ups(self, house: str, owner: str, people: Collection[str], today: date) -> list[DueFollowUp]:
        """people: the ids by which the owner's person may be named; what only others are to do by now is left out."""
        wanted = {"house": house, "owner": owner, "people": list(people), "today": today, "limit": MOST_OF_A_KIND}
        return self.fetch_all("own_follow_ups", wanted, DueFollowUp)
