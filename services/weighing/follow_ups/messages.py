"""What people report of follow-ups, what they look up, and the events that tell of follow-ups."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.weighing.follow_ups.rules import FollowUp, State
from shared.bounds import Code, Length, Line, Range, Text
from shared.days import HouseDay
from shared.web import PageQuery

Outcome = Literal["done", "not_done"]
MOST_OPEN = 50
NeedEnd = Literal["done", "not_done", "lapsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFollowUp:
    """`reportedOn`: since when it is known; today if it is left out. `remark`: stays in weighing."""

    state: Outcome
    reported_on: HouseDay | None = None
    remark: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFollowUpReport(ReportFollowUp):
    """The right report in place of a wrong one. `remark`: what was wrong; stays in weighing."""

    remark: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFollowUp:
    """`person`: who of the owner does it: the caller, or somebody of `GET /v1/people`; null: the partner alone."""

    person: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFollowUp:
    """`owner`: the partner that holds the case now, and does it from now on."""

    owner: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Who of the owner does a follow-up. `person`: null if it is the partner's alone."""

    follow_up_id: UUID
    person: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionWithdrawn:
    """`detentions.withdrawn.v1` of aftercare. `referral_id`: of the notice, None if no briefing weighs it."""

    referral_id: UUID | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionRestored:
    """`detentions.restored.v1` of aftercare: a withdrawn detention counts after all. `referral_id`: as of that one."""

    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralTabledAgain:
    """`referrals.tabled-again.v1`: a referral on which the team decided waits for a briefing since a follow-up was not
    done, or does so no more since its report was corrected.

    `table_on`: the briefing; None if the referral is on no agenda. `tabling`: the next one, or that of the decision.
    """

    referral_id: UUID
    subject_id: UUID
    tabling: Annotated[int, Range(least=1)]
    table_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpsQuery(PageQuery):
    """`reported`: true for what was reported, the last first; otherwise what is agreed or overdue, what is due first on
    top. `owner`: the partner that does it; people of a partner see what their own organisation does, whatever they ask.
    """

    reported: bool = False
    owner: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFollowUp:
    """A follow-up of which nothing was reported, as far as whoever answers a caller may know it. `agreedOn`: the
    briefing.
    """

    follow_up_id: UUID
    what: str
    owner: str
    other_partner: str | None
    agreed_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFollowUps:
    """What is due first on top; 50 at most."""

    items: Annotated[tuple[OpenFollowUp, ...], Length(most=MOST_OPEN)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpView:
    """A follow-up of a decision. `agreedOn`: the briefing. `reportedOn`: since when it is done or not done.
    `detainedOn`: the day of a detention notice about the subject that came after the briefing. `questionAskedOn`: when
    the partner of `askedOf` was sent the question, after the briefing; null of a reported one. `person`: who of the
    owner does it, by id; null if nobody is named. `personName`: null too if that one has left and the partner does it.
    """

    follow_up_id: UUID
    referral_id: UUID
    case_id: UUID
    subject_id: UUID
    tabling: int
    agreed_on: date
    what: str
    owner: str
    agreed_with: str | None
    person: str | None
    person_name: str | None
    other_partner: str | None
    destination: str | None
    life_domains: tuple[str, ...]
    question: str | None
    asked_of: str | None
    due_on: date
    state: State
    reported_on: date | None
    remark: str | None
    detained_on: date | None
    question_asked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFollowUp:
    """What became of a follow-up."""

    follow_up_id: UUID
    state: State
    reported_on: date | None


def reported_follow_up(follow_up: FollowUp) -> ReportedFollowUp:
    return ReportedFollowUp(
        follow_up_id=follow_up.follow_up_id, state=follow_up.state, reported_on=follow_up.reported_on
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfFollowUp:
    """What each event of a follow-up says: which one, of which decision."""

    follow_up_id: UUID
    referral_id: UUID
    subject_id: UUID
    tabling: Annotated[int, Range(least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFollowUp:
    """Who does what until when, as the events of a decision tell it."""

    follow_up_id: UUID
    what: str
    owner: str
    other_partner: str | None = None
    destination: str | None = None
    life_domains: Annotated[tuple[str, ...], Length(most=20)] | None = None
    question: str | None = None
    asked_of: str | None = None
    due_on: date


def told_follow_up(follow_up: FollowUp) -> ToldFollowUp:
    agreed = follow_up.agreed
    return ToldFollowUp(
        follow_up_id=follow_up.follow_up_id,
        what=agreed.what,
        owner=agreed.owner,
        other_partner=agreed.other_partner,
        destination=agreed.destination,
        life_domains=agreed.life_domains or None,
        question=agreed.question,
        asked_of=agreed.asked_of,
        due_on=agreed.due_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReported(OfFollowUp):
    """`follow-ups.reported.v1`: a follow-up is done or not done; told again when a report is corrected."""

    state: Outcome
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpOverdue(OfFollowUp):
    """`follow-ups.overdue.v1`: nothing was reported by the last day of a follow-up."""

    due_on: date
    overdue_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLapsed(OfFollowUp):
    """`follow-ups.lapsed.v1`: nobody has to do it any more, for the decision was corrected or withdrawn."""

    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryNeedRaised(OfFollowUp):
    """`trajectory-needs.raised.v1`: the team wants a voluntary trajectory. `needs`: the life domains that it is to help
    with. `owner`: the partner that sees to it.
    """

    municipality: str
    needs: Annotated[tuple[str, ...], Length(1, 20)]
    owner: str
    agreed_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryNeedClosed(OfFollowUp):
    """`trajectory-needs.closed.v1`: the follow-up was reported, or has lapsed since the decision was taken back. Told
    again when a report is corrected.
    """

    end: NeedEnd
    closed_on: date
