"""A partner is asked about a subject, and answers once: which services of the house are involved."""

from collections.abc import Iterator, Sequence

from services.intake.house import House
from shared.rules import BrokenRule, Contradiction


class NotAsked(BrokenRule):
    field = "data.requestId"
    reason = "is not a request that was sent to you"


class AlreadyAnswered(Contradiction):
    field = "data.requestId"
    reason = "is answered already"


class UnknownService(BrokenRule):
    field = "involved"
    reason = "names a service that this house does not ask about"


def unknown_service(services: Sequence[str] | None, house: House) -> Iterator[BrokenRule]:
    if services is not None and not house.services.issuperset(services):
        yield UnknownService(known=house.services)
