"""What a provider is asked to do is told to intake, which tells the provider about whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.conversations import Conversation
from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.trajectories import Trajectory
from shared.business_dates import noon


def give_conversation(asked: Conversation, provider: str, on: date, detention: Detention, unit: Unit) -> None:
    """In which prison somebody is."""
    told = {"kind": "conversation", "needs": [], "institution": detention.institution}
    _give(asked.conversation_id, provider, on, detention.house, detention.case_id, told, unit)


def give_trajectory(started: Trajectory, institution: str | None, unit: Unit) -> None:
    """What for and from when. institution: where somebody still is, if it begins there."""
    told = {
        "kind": "trajectory",
        "trajectory_kind": started.kind,
        "needs": started.needs,
        "institution": institution,
        "starts_on": started.starts_on,
    }
    _give(started.trajectory_id, started.provider, started.starts_on, started.house, started.case_id, told, unit)


def _give(id: UUID, provider: str, on: date, house: str, case_id: UUID, told: Mapping[str, Any], unit: Unit) -> None:
    """To a provider that is no partner nothing is told."""
    if partner := unit.profile(house).providers[provider].partner:
        data = {"assignment_id": id, "partner": partner, **told}
        unit.announce("assignments.given.v1", house=house, case_id=case_id, time=noon(on), data=data)
