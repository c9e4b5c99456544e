"""A partner gets a receipt for its message, or hears what is wrong with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.intake import metrics
from services.intake.house import House
from services.intake.partners.messages import MessageAccepted, MessageRefused
from services.intake.unit import Unit
from shared.messaging import Event, Problem
from shared.messaging.envelope import IdsAsSent


def accept(
    ids: IdsAsSent,
    unit: Unit,
    *,
    house: str,
    to: str,
    case_id: UUID | None = None,
    reference: str | None = None,
    referral_id: UUID | None = None,
    not_weighed: bool = False,
) -> None:
    """Send the receipt to the partner whose user is `to`. ids, reference: of the partner's message."""
    receipt = MessageAccepted(
        message_id=ids.id, reference=reference, referral_id=referral_id, not_weighed=not_weighed or None
    )
    unit.announce(receipt, house=house, case_id=case_id, time=unit.now(), to=to, correlation_id=ids.correlation_id)


def refuse(house: House, partner_id: str, ids: IdsAsSent | None, problems: Sequence[Problem], unit: Unit) -> None:
    """Tell a partner what is wrong with its message. ids: None if the message has no id."""
    metrics.REFUSED.labels(house.id, partner_id).inc(not unit.sealed)
    message = MessageRefused(message_id=ids and ids.id, problems=tuple(problems))
    unit.announce(
        message,
        house=house.id,
        case_id=None,
        time=unit.now(),
        to=house.user_of(partner_id),
        correlation_id=ids and ids.correlation_id,
    )


def partner_of(event: Event[Any]) -> str:
    """The id of the partner that sent a message: its user is `<house>.<partner>`."""
    return event.sender.removeprefix(f"{event.house}.")
