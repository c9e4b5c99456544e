"""Reliable messaging: no message is lost, and none takes effect twice. See README.md."""

from shared.messaging.event import Delivery, Event
from shared.messaging.outcomes import (
    Conflict,
    Ignorable,
    NotFound,
    Outcome,
    Outdated,
    Problem,
    Rejected,
    Retryable,
    at_most_told,
    check_version,
    problem_of,
    problems_of,
)
from shared.messaging.publishing import Publishing
from shared.messaging.reader import Reader, Reading, Route, Routes
from shared.messaging.unit import UnitOfWork

__all__ = [
    "Conflict",
    "Delivery",
    "Event",
    "Ignorable",
    "NotFound",
    "Outcome",
    "Outdated",
    "Problem",
    "Publishing",
    "Reader",
    "Reading",
    "Rejected",
    "Retryable",
    "Route",
    "Routes",
    "UnitOfWork",
    "at_most_told",
    "check_version",
    "problem_of",
    "problems_of",
]
