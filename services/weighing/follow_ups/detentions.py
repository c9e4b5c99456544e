"""Aftercare withdraws a detention, or restores it: follow-ups say no longer, or again, that somebody is detained."""

from uuid import UUID

from services.weighing.follow_ups.messages import DetentionRestored, DetentionWithdrawn
from services.weighing.follow_ups.store import FollowUpStore
from services.weighing.house import House
from shared.messaging import Event
from shared.unit import Unit

STILL_DETAINED = "other_house"


def follow_withdrawal(event: Event[DetentionWithdrawn], unit: Unit[House]) -> None:
    """Show a detention with follow-ups no more, unless another house sees to the person."""
    if event.data.reason != STILL_DETAINED:
        _keep(event.data.referral_id, event.id, unit, withdrawn=True)


def follow_restoring(event: Event[DetentionRestored], unit: Unit[House]) -> None:
    """Show a detention with follow-ups again: that it was withdrawn was a slip."""
    _keep(event.data.referral_id, event.id, unit, withdrawn=False)


def _keep(referral_id: UUID | None, told_by: UUID, unit: Unit[House], *, withdrawn: bool) -> None:
    """Of a notice that nobody weighed weighing knows nothing."""
    if referral_id:
        unit.store(FollowUpStore).keep_withdrawn_detention(referral_id, told_by, withdrawn=withdrawn)
