"""What people of a partner see of a case, no more than their organisation was told already."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from services.weighing.follow_ups.rules import State
from shared.bounds import Length

MOST_OF_A_RELATION = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredCase:
    """A referral that the caller's organisation brought, with the decision that it was told as feedback.

    The fields of the decision are null until the team decides. `decidedOn`: the briefing that decided; `comesBackOn`:
    the briefing that decides anew.
    """

    referral_id: UUID
    kind: str
    received_on: date
    decided_on: date | None
    decision: str | None
    reason: str | None
    comes_back_on: date | None
    rerouted_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCase:
    """A question to the caller's organisation about the subject of a referral, and its answer."""

    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    kind: str
    received_on: date
    answer_by: date
    answered_on: date | None
    involved: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedFollowUp:
    """What the caller's organisation does as the follow-up of a decision. `agreedOn`: the briefing. `reportedOn`: since
    when it is done or not done.
    """

    follow_up_id: UUID
    agreed_on: date
    what: str
    other_partner: str | None
    destination: str | None
    life_domains: tuple[str, ...]
    question: str | None
    asked_of: str | None
    due_on: date
    state: State
    reported_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingInvolvement:
    """The part of a case that the relations of the caller's organisation show; of each the last 50, newest first.

    `referred`: what the organisation brought. `asked`: what it is asked. `owns`: what it does after a decision.
    """

    referred: Annotated[tuple[ReferredCase, ...], Length(most=MOST_OF_A_RELATION)]
    asked: Annotated[tuple[AskedCase, ...], Length(most=MOST_OF_A_RELATION)]
    owns: Annotated[tuple[OwnedFollowUp, ...], Length(most=MOST_OF_A_RELATION)]
