"""The event that brings a referral on the agenda, and the look-ups of the agenda."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.weighing.decisions.messages import DecisionView, TakenBackView
from services.weighing.information_requests.messages import InformationRequestView
from shared.bounds import Length
from shared.web import MOST_ITEMS, PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRegistered:
    """`referrals.registered.v1` of intake: a referral that is to be weighed. `sex`: `family` for a family."""

    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    sex: str
    age_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaQuery(PageQuery):
    """`on`: the date of the briefing."""

    sub_region: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingsQuery:
    """The sub-region whose briefings are looked up."""

    sub_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """`waiting`: how many referrals come on the table on that date, those left from earlier briefings included."""

    on: date
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingList:
    """The earliest first."""

    items: Annotated[tuple[Briefing, ...], Length(most=MOST_ITEMS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralInDetail:
    """A referral with its place on the agenda. `tableOn`: the next briefing; null when the team is done with it.

    `possibleDecisions`: without those that bring a case to a table that does not take it, by municipality, age or
    because it is about a family. `ageClass`: null in referrals from before it was kept.
    `earlierDecisions`: on all referrals about the same subject, this one included. `decisionsTakenBack`: likewise,
    those that were corrected or withdrawn and count no longer.
    """

    referral_id: UUID
    case_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    age_class: str | None
    family: bool
    tabling: int
    table_on: date | None
    possible_decisions: tuple[str, ...]
    information_requests: tuple[InformationRequestView, ...]
    earlier_decisions: tuple[DecisionView, ...]
    decisions_taken_back: tuple[TakenBackView, ...]
