"""Messages that are never lost and never take effect twice: see README.md."""

from shared.messaging.event import Delivery, Event
from shared.messaging.outcomes import Conflict, Ignorable, NotFound, Outcome, Problem, Rejected, Retryable
from shared.messaging.reader import Reader, Reading, Route, Routes
from shared.messaging.schema import MessageSchema, StrictSchema, problems_of
from shared.messaging.unit import Publishing, UnitOfWork

__all__ = [
    "Conflict",
    "Delivery",
    "Event",
    "Ignorable",
    "MessageSchema",
    "NotFound",
    "Outcome",
    "Problem",
    "Publishing",
    "Reader",
    "Reading",
    "Rejected",
    "Retryable",
    "Route",
    "Routes",
    "StrictSchema",
    "UnitOfWork",
    "problems_of",
]
