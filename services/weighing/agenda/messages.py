"""The event that brings a referral on the agenda, and the look-ups of the agenda."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.weighing.decisions.messages import DecisionView, TakenBackView
from services.weighing.follow_ups.messages import FollowUpView
from services.weighing.guards.messages import GuardView
from services.weighing.information_requests.messages import InformationRequestView
from services.weighing.involvement.messages import WeighingInvolvement
from services.weighing.referrals.rules import Stated
from shared.bounds import Length
from shared.web import PageQuery

MOST_OF_A_CASE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWithdrawn:
    """`referrals.withdrawn.v1` of intake: the sender of a referral withdrew it."""

    referral_id: UUID
    subject_id: UUID
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCorrected:
    """`referrals.corrected.v1` of intake: what the sender of a referral states now, besides its text."""

    referral_id: UUID
    stated: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRegistered:
    """`referrals.registered.v1` of intake: a referral that is to be weighed. `sex`: `family` for a family.

    `youth_institution`: whether the person is detained in one; None if nobody said so.
    """

    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    sex: str
    age_class: str
    stated: Stated | None = None
    youth_institution: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaQuery(PageQuery):
    """`on`: the date of the briefing. `municipality`: only what is about subjects of there."""

    sub_region: str
    on: date
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledReferral:
    """A referral with its place on the agenda; `ageClass` is null in referrals from before it was kept.

    `guards`: what speaks against a table of the house, or names another place. `stated`: what its sender said besides;
    null if nothing.
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
    guards: tuple[GuardView, ...] = ()
    suspect_since: date | None = None
    stated: Stated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralInDetail(TabledReferral):
    """`earlierDecisions`: on all referrals about the same person, this one included. `decisionsTakenBack`: likewise,
    those that were corrected or withdrawn and count no longer. `followUps`: likewise,
    with what became of them.
    """

    earlier_decisions: tuple[DecisionView, ...]
    decisions_taken_back: tuple[TakenBackView, ...]
    follow_ups: tuple[FollowUpView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingCase:
    """What weighing knows of the person of a case: the last 50 referrals, the newest first, and all decisions.

    `decisions`: those that count, in the order of the briefings. `decisionsTakenBack`: those that were corrected or
    withdrawn. `followUps`: of all these decisions. `involvement`: for people of a partner, in place of all the rest;
    null for a function of the house.
    """

    case_id: UUID
    case_ids: tuple[UUID, ...] = ()
    referrals: Annotated[tuple[TabledReferral, ...], Length(most=MOST_OF_A_CASE)] = ()
    decisions: tuple[DecisionView, ...] = ()
    decisions_taken_back: tuple[TakenBackView, ...] = ()
    follow_ups: tuple[FollowUpView, ...] = ()
    involvement: WeighingInvolvement | None = None
