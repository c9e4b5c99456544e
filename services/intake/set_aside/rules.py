"""A referral is set aside if its number belongs to somebody whom its description contradicts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A referral that waits for a person. case_id: the case in its receipt. conflicts_with: who has the number.

    told: by what the same statement is recognised. body: the whole message, sealed, as are `ids_as_sent`.
    decision: whom it is about, or that its sender withdrew it.
    """

    referral_id: UUID
    house: str
    kind: str
    referrer: str
    message_id: UUID | None
    stated_at: datetime
    received_on: date
    case_id: UUID
    told: bytes
    conflicts_with: tuple[UUID, ...]
    body: bytes
    set_aside_at: datetime
    ids_as_sent: bytes | None = None
    decision: str | None = None
    subject_id: UUID | None = None

    @property
    def is_registered(self) -> bool:
        """Whether a person has decided whom it is about."""
        return self.decision not in (None, WITHDRAWN)
