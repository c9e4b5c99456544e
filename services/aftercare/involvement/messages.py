"""What people of a partner see of somebody in prison, and of what their organisation does for somebody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.aftercare.plans.rules import AftercarePlan
from services.aftercare.preparations.messages import MissingPreparation
from services.aftercare.trajectories.rules import Trajectory


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Somebody comes back to the caller's municipality. `institution`: null from the release on.

    `plan`, `missing`: what is agreed for the release and what is missing, for the municipal contact alone.
    """

    detention_id: UUID
    detained_on: date
    institution: str | None
    release_on: date | None
    plan: AftercarePlan | None = None
    missing: tuple[MissingPreparation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConversation:
    """A conversation in prison that the caller's organisation was asked for. `institution`: null once it was held."""

    conversation_id: UUID
    asked_on: date | None
    institution: str | None
    release_on: date | None
    held_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercareInvolvement:
    """The part of a case that the relations of the caller's organisation show.

    `returns`: the detentions after which somebody comes back to the organisation's municipality. `conversations`,
    `trajectories`: those that the organisation was asked for.
    """

    returns: tuple[Return, ...]
    conversations: tuple[OwnConversation, ...]
    trajectories: tuple[Trajectory, ...]
