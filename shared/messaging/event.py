"""A raw delivery of the broker, and the event that a handler gets."""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from shared.messaging.envelope import IdsAsSent
from shared.messaging.outcomes import Problem, Rejected

Message = TypeVar("Message")


class Delivery(NamedTuple):
    """One raw message. user_id: the sending user, checked by the broker; None if the sender did not set it.

    published_at: seconds since the epoch, set by the sender.
    """

    queue: str
    body: bytes
    user_id: str | None = None
    published_at: int | None = None


class Event(NamedTuple, Generic[Message]):
    """One message, as a handler gets it. data: an instance of the route's message class.

    type: the short type, `referrals.registered.v1`. sender: the sender for deduplication, a partner's user name or
    `services`. time: when the event happened. ids_as_sent: the spelling in which a partner knows its message.
    """

    id: UUID
    type: str
    sender: str
    house: str
    case_id: UUID | None
    time: datetime
    correlation_id: UUID
    data: Message
    ids_as_sent: IdsAsSent = IdsAsSent("", "")

    def required_case_id(self) -> UUID:
        """The case id. Raises Rejected if the event has none."""
        if self.case_id is None:
            raise Rejected(Problem("subject", "is required: the case id", "required"))
        return self.case_id
