"""The team's commands with their answers, and the event that announces a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from marshmallow import ValidationError

from services.weighing.criteria.rules import criteria_met
from services.weighing.decisions.client import ClientAtTable
from services.weighing.decisions.rules import Codes, Decision, DecisionContent, RecordedDecision, TakenBack
from services.weighing.follow_ups.messages import ToldFollowUp, told_follow_up
from services.weighing.follow_ups.rules import AgreedFollowUp, FollowUp
from services.weighing.referrals.rules import Referral
from shared.bounds import Length, Range, Text
from shared.postgres import as_row
from shared.web import PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOnReferral(DecisionContent):
    """One of the decisions of a briefing."""

    referral_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTogether:
    """The team's decisions of one briefing, at most one on each referral."""

    decisions: Annotated[tuple[DecisionOnReferral, ...], Length(1, 200)]

    def __post_init__(self) -> None:
        """Raises ValidationError with each position at which a referral is named again."""
        first: dict[UUID, int] = {}
        ids = [decision.referral_id for decision in self.decisions]
        repeated = [position for position, id in enumerate(ids) if first.setdefault(id, position) != position]
        if repeated:
            problem = {"referralId": ["is named twice"]}
            raise ValidationError({"decisions": dict.fromkeys(repeated, problem)})

    def at(self, briefing_on: date) -> dict[UUID, Decision]:
        """The decisions by referral, in the order in which they were given."""
        return {decision.referral_id: decision.at(briefing_on) for decision in self.decisions}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDecision(Decision):
    """The right decision in place of a wrong one. `because`: what was wrong; stays in weighing. `recordedAt`: of the
    wrong decision, as it was read: if another one counts by now, that one stays.
    """

    because: Text
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDecision:
    """Puts the referral on the agenda again. `because`: why the decision was no decision; stays in weighing.
    `recordedAt`: as in a correction.
    """

    because: Text
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCriteria:
    """`criteria`: those that the team finds to hold, before it decides."""

    criteria: Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`criteriaMet`: whether the criteria are enough for a case meeting; the decision is the team's."""

    criteria_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingDecisionsQuery(PageQuery):
    """`subRegion`: whose briefing it was."""

    sub_region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A recorded decision.

    `comesBackOn`: the briefing at which the referral is tabled again. `criteriaMet`: whether the criteria that the team
    found met are enough for a case meeting; a suggestion, the decision is the team's. `recordedBy`, `recordedAt`: null
    in decisions from before they were kept.
    """

    referral_id: UUID
    tabling: int
    briefing_on: date
    decision: str
    reason: str | None
    comes_back_on: date | None
    rerouted_to: str | None
    escalated_to: str | None
    opens_table: str | None
    attendees: tuple[str, ...]
    criteria: tuple[str, ...]
    criteria_not_met: tuple[str, ...]
    criteria_unknown: tuple[str, ...]
    criteria_met: bool
    client_at_table: ClientAtTable | None
    legal_ground: str
    information_used: tuple[str, ...]
    follow_ups: tuple[AgreedFollowUp, ...]
    motive: str | None
    recorded_by: str | None
    recorded_at: datetime | None


def decision_view(recorded: RecordedDecision) -> DecisionView:
    decision = recorded.decision
    return DecisionView(
        referral_id=recorded.referral_id,
        tabling=recorded.tabling,
        briefing_on=decision.briefing_on,
        decision=decision.decision,
        reason=decision.reason,
        comes_back_on=recorded.back_on,
        rerouted_to=decision.rerouted_to,
        escalated_to=decision.escalated_to,
        opens_table=recorded.opens_table,
        attendees=decision.attendees,
        criteria=decision.criteria,
        criteria_not_met=decision.criteria_not_met,
        criteria_unknown=decision.criteria_unknown,
        criteria_met=criteria_met(decision.criteria),
        client_at_table=decision.client_at_table,
        legal_ground=decision.legal_ground,
        information_used=decision.information_used,
        follow_ups=decision.follow_ups,
        motive=decision.motive,
        recorded_by=recorded.recorded_by,
        recorded_at=recorded.recorded_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBackView:
    """A decision that counts no longer. `withdrawn`: the referral came back on the agenda; otherwise the decision was
    corrected by another one of the same tabling.
    """

    decision: DecisionView
    withdrawn: bool
    because: str
    taken_back_by: str
    taken_back_at: datetime


def taken_back_view(taken_back: TakenBack) -> TakenBackView:
    return TakenBackView(
        decision=decision_view(taken_back.recorded),
        withdrawn=taken_back.withdrawn,
        because=taken_back.because,
        taken_back_by=taken_back.taken_back_by,
        taken_back_at=taken_back.taken_back_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedReferral:
    """A referral on which the team decided at a briefing. `decision`: that decision, with who recorded it.
    `decisionsTakenBack`: those that it came in the place of.
    """

    case_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    age_class: str | None
    family: bool
    decision: DecisionView
    decisions_taken_back: tuple[TakenBackView, ...]


def decided_referral(
    referral: Referral, recorded: RecordedDecision, taken_back: Iterable[TakenBack]
) -> DecidedReferral:
    """taken_back: on the same subject, of whichever referral and tabling."""
    place = (recorded.referral_id, recorded.tabling)
    before = (wrong for wrong in taken_back if (wrong.recorded.referral_id, wrong.recorded.tabling) == place)
    return DecidedReferral(
        case_id=referral.case_id,
        subject_id=referral.subject_id,
        kind=referral.kind,
        referrer=referral.referrer,
        received_on=referral.received_on,
        municipality=referral.municipality,
        age_class=referral.age_class,
        family=referral.family,
        decision=decision_view(recorded),
        decisions_taken_back=tuple(taken_back_view(wrong) for wrong in before),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionList:
    """The recorded decisions of a briefing, in the order in which they were given."""

    items: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWeighed:
    """`referrals.weighed.v1`: the weighing team's decision on a referral.

    `comes_back_on`: the briefing at which the referral is tabled again. `opens_table`: where the decision brings the
    case, if to any table. `criteria`: those that are met; None for the others if the team named none. `follow_ups`:
    what the team agreed on with this decision; a correction names those that it adds.
    """

    referral_id: UUID
    subject_id: UUID
    municipality: str
    sub_region: str
    referrer: str
    briefing_on: date
    tabling: Annotated[int, Range(least=1)]
    decision: str
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None
    opens_table: str | None = None
    attendees: tuple[str, ...]
    criteria: tuple[str, ...]
    criteria_not_met: tuple[str, ...] | None = None
    criteria_unknown: tuple[str, ...] | None = None
    client_at_table: ClientAtTable | None = None
    legal_ground: str
    follow_ups: tuple[ToldFollowUp, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCorrected(ReferralWeighed):
    """`decisions.corrected.v1`: the right decision at a tabling, in place of the one that was announced before.

    Also told of a deferral that brings its referral back at another briefing, as its briefing was moved or cancelled.
    `decided_again`: true if the team has decided again since then. The later decision goes on to count, and of this one
    nothing changes but its particulars. `told_already`: true if nothing changes of what referrers and partners that
    were asked hear: the decision, its reason, its day, where the referral belongs and when it comes back.
    """

    corrected_on: date
    decided_again: bool | None = None
    told_already: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    """`decisions.withdrawn.v1`: the decision at a tabling was none; the referral is on the agenda again."""

    referral_id: UUID
    subject_id: UUID
    tabling: Annotated[int, Range(least=1)]
    withdrawn_on: date


def referral_weighed(
    referral: Referral, recorded: RecordedDecision, agreed: Iterable[FollowUp] = ()
) -> ReferralWeighed:
    decision = recorded.decision
    return ReferralWeighed(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        referrer=referral.referrer,
        briefing_on=decision.briefing_on,
        tabling=recorded.tabling,
        decision=decision.decision,
        reason=decision.reason,
        comes_back_on=recorded.back_on,
        rerouted_to=decision.rerouted_to,
        opens_table=recorded.opens_table,
        attendees=decision.attendees,
        criteria=decision.criteria,
        criteria_not_met=decision.criteria_not_met or None,
        criteria_unknown=decision.criteria_unknown or None,
        client_at_table=decision.client_at_table,
        legal_ground=decision.legal_ground,
        follow_ups=tuple(map(told_follow_up, agreed)) or None,
    )


def decision_corrected(
    referral: Referral,
    right: RecordedDecision,
    on: date,
    agreed: Iterable[FollowUp] = (),
    *,
    decided_again: bool = False,
    told_already: bool = False,
) -> DecisionCorrected:
    """The last two: as the message has them."""
    weighed = as_row(referral_weighed(referral, right, agreed))
    return DecisionCorrected(
        **weighed, corrected_on=on, decided_again=decided_again or None, told_already=told_already or None
    )
