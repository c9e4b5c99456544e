"""A partner gets a receipt for its message, or hears what is wrong with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.intake import metrics
from services.intake.house import House
from services.intake.partners.messages import MessageAccepted, MessageRefused
from services.intake.unit import Unit
from shared.messaging import Event, Problem


def accept(receipt: MessageAccepted, unit: Unit, *, house: str, to: str, case_id: UUID | None = None) -> None:
    """Announce the receipt to the partner whose user is `to`."""
    unit.announce(receipt, house=house, case_id=case_id, time=unit.now(), to=to)


def refuse(house: House, partner_id: str, message_id: UUID | None, problems: Sequence[Problem], unit: Unit) -> None:
    """Tell a partner what is wrong with its message. message_id: None if it could not be read."""
    metrics.REFUSED.labels(house.id, partner_id).inc()
    message = MessageRefused(message_id=message_id, problems=tuple(problems))
    unit.announce(message, house=house.id, case_id=None, time=unit.now(), to=house.user_of(partner_id))


def partner_of(event: Event[Any]) -> str:
    """The id of the partner that sent a message: its user is `<house>.<partner>`."""
    return event.sender.removeprefix(f"{event.house}.")
