"""Events that are kept, and that no figure counts yet. The journal keeps their other fields too."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplementReceived:
    """`late-supplements.received.v1` of weighing: a partner knew more after the decision; no figure counts it."""

    referral_id: UUID
    partner: str
    supplemented_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReported:
    """`follow-ups.reported.v1` of weighing: a follow-up is done or not done; no figure counts it yet."""

    follow_up_id: UUID
    state: str
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpOverdue:
    """`follow-ups.overdue.v1` of weighing: nothing was reported of a follow-up in time; no figure counts it yet."""

    follow_up_id: UUID
    overdue_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLapsed:
    """`follow-ups.lapsed.v1` of weighing: the decision of a follow-up was wrong; no figure counts it yet."""

    follow_up_id: UUID
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationHeld:
    """`conversations.held.v1` of aftercare: a conversation in prison; no figure counts it yet."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationOverdue:
    """`preparations.overdue.v1` of aftercare: the preparation of a release is late; no figure counts it yet."""

    detention_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseUnprepared:
    """`releases.unprepared.v1` of aftercare: somebody was released without a plan; no figure counts it yet."""

    detention_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryStarted:
    """`trajectories.started.v1` of aftercare: a trajectory starts; no figure counts it yet."""

    trajectory_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryProgressed:
    """`trajectories.progressed.v1` of aftercare: how a trajectory goes; no figure counts it yet."""

    trajectory_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryEnded:
    """`trajectories.ended.v1` of aftercare: a trajectory ends; no figure counts it yet."""

    trajectory_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StayBegan:
    """`stays.began.v1` of aftercare: a stay in the transition house begins; no figure counts it yet."""

    stay_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StayEnded:
    """`stays.ended.v1` of aftercare: a stay in the transition house ends; no figure counts it yet."""

    stay_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntryBooked:
    """`ledger-entries.booked.v1` of aftercare: an entry in the ledger of a fund; no figure counts it yet."""

    entry_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CoFinancingShortfallForeseen:
    """`co-financing-shortfalls.foreseen.v1` of aftercare: co-financing will fall short; no figure counts it yet."""

    fund: str
    year: int
