"""Running table cases that wait for a process director."""

from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from shared.postgres import Store, load_queries
from shared.web.work import MOST_OF_A_KIND


class DueMoment(NamedTuple):
    """A monitoring moment that waits for its answer."""

    moment_id: UUID
    case_id: UUID
    municipality: str
    due_on: date


class WithoutSession(NamedTuple):
    """A table case of which no session is planned or held."""

    table_case_id: UUID
    case_id: UUID
    municipality: str
    opened_on: date


class Suspect(NamedTuple):
    """A running table case of somebody whose case runs at ZSM."""

    table_case_id: UUID
    case_id: UUID
    municipality: str
    listed_on: date


class WaitingQuestion(NamedTuple):
    """A referral on a running table case that waits for an answer."""

    question_id: UUID
    case_id: UUID
    municipality: str
    received_on: date
    due_on: date


class WaitingCase(NamedTuple):
    """A table case that the process director has to see to. since: the day of what happened to it."""

    table_case_id: UUID
    case_id: UUID
    municipality: str
    since: date


class AgreedPlan(NamedTuple):
    """A standing plan in which a partner keeps so many agreements. due_on: the earliest day of them."""

    action_plan_id: UUID
    case_id: UUID
    agreed_on: date
    due_on: date
    agreements: int


class WorkStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def moments_due(self, house: str, today: date, holder: str | None = None) -> list[DueMoment]:
        """holder: the case holder of the plans; None for all of the house."""
        wanted = {"house": house, "today": today, "holder": holder, "limit": MOST_OF_A_KIND}
        return self.fetch_all("moments_due", wanted, DueMoment)

    def without_session(self, house: str) -> list[WithoutSession]:
        return self.fetch_all("without_session", {"house": house, "limit": MOST_OF_A_KIND}, WithoutSession)

    def suspects(self, house: str, since: date, holder: str | None = None) -> list[Suspect]:
        """holder: the case holder of the plans; None for all of the house."""
        wanted = {"house": house, "since": since, "holder": holder, "limit": MOST_OF_A_KIND}
        return self.fetch_all("suspects", wanted, Suspect)

    def unanswered_repeats(self, house: str, today: date) -> list[WaitingQuestion]:
        """Those whose day is over, or for which there is no case holder to ask."""
        wanted = {"house": house, "today": today, "limit": MOST_OF_A_KIND}
        return self.fetch_all("unanswered_repeats", wanted, WaitingQuestion)

    def repeats_of_holder(self, house: str, holder: str) -> list[WaitingQuestion]:
        wanted = {"house": house, "holder": holder, "limit": MOST_OF_A_KIND}
        return self.fetch_all("repeats_of_holder", wanted, WaitingQuestion)

    def meetings_wanted(self, house: str) -> list[WaitingCase]:
        """since: the day of the case holder's answer."""
        return self.fetch_all("meetings_wanted", {"house": house, "limit": MOST_OF_A_KIND}, WaitingCase)

    def decisions_corrected(self, house: str) -> list[WaitingCase]:
        """Those on which the table had worked before. since: the day of the correction."""
        return self.fetch_all("decisions_corrected", {"house": house, "limit": MOST_OF_A_KIND}, WaitingCase)

    def late_information(self, house: str, holder: str | None, told_before: date | None = None) -> list[WaitingCase]:
        """Of the cases that this partner holds; None: of those without a case holder. told_before: also of any case,
        if it was told before this day. since: the day of the first.
        """
        wanted = {"house": house, "holder": holder, "told_before": told_before, "limit": MOST_OF_A_KIND}
        return self.fetch_all("late_information", wanted, WaitingCase)

    def agreements(self, house: str, partner: str) -> list[AgreedPlan]:
        """The standing plans of running table cases in which the partner has something to do."""
        wanted = {"house": house, "partner": partner, "limit": MOST_OF_A_KIND}
        return self.fetch_all("agreements", wanted, AgreedPlan)
