"""What people ask of the platform's past, and get."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.reporting.history.rules import Span
from services.reporting.manual.messages import ManualEntry
from services.reporting.problems.rules import Concern
from shared.bounds import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ThroughputQuery:
    span: Annotated[Span, {"description": "how long back"}] = Span.HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceThroughput:
    """`messages`, `messages_week_before`: how many the service took in the period and in the period a week before.

    `rates`, `rates_week_before`: messages a second in each piece of the period. Null where nothing was measured.
    """

    name: str
    messages: int | None
    messages_week_before: int | None
    rates: tuple[float | None, ...]
    rates_week_before: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """`span`: how long back. `moments`: the end of each piece of the period, in seconds since the epoch.

    `services`: each with all its replicas.
    """

    span: Span
    moments: tuple[int, ...]
    services: tuple[ServiceThroughput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDaysQuery:
    """`day`: today without it. `house`: every house without it."""

    day: date | None = None
    house: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDay:
    """`received`, `refused`, `sent`: messages of the partner on that day, how many of these were refused, and messages
    for the partner. `last_received_at`, `last_sent_at`: the last one on any day, to the minute.
    """

    house: str
    partner: str
    received: int
    refused: int
    sent: int
    last_received_at: datetime | None
    last_sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemInThePast:
    """`until`: null while it lasts. `amount`: the greatest that was seen, as in the list of problems."""

    id: UUID
    concern: Concern
    about: str
    since: datetime
    until: datetime | None
    amount: float
    manual: Annotated[ManualEntry, {"description": "what the operators' manual says of it"}]
