"""What the broker delivers, and what a handler gets of it."""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from shared.messaging.outcomes import Problem, Rejected

Message = TypeVar("Message")


class Delivery(NamedTuple):
    """One raw message. `user_id` is the sending user as checked by the broker, if the sender set it.

    published_at: seconds since the epoch, as the sender says.
    """

    queue: str
    body: bytes
    user_id: str | None = None
    published_at: int | None = None


class Event(NamedTuple, Generic[Message]):
    """One message as a handler sees it; `data` is the message of the route.

    `type` is the short type; `sender` is whom the inbox remembers: the source, or the partner's user.
    """

    id: UUID
    type: str
    sender: str
    house: str
    case_id: UUID | None
    time: datetime
    correlation_id: UUID
    data: Message

    def required_case_id(self) -> UUID:
        """Raises Rejected when the event names no case."""
        if self.case_id is None:
            raise Rejected(Problem("subject", "is required: the case id"))
        return self.case_id
