"""A provider is paid out of a commitment to it, each invoice once."""

from collections.abc import Sequence

from services.aftercare.commitments.rules import StandingCommitment
from services.aftercare.house import House
from shared.rules import BrokenRule


class NothingPromised(BrokenRule):
    field = "assignmentId"
    reason = "has no commitment to pay the invoice from"


class InvoicedBefore(BrokenRule):
    field = "number"
    reason = "is the number of an invoice that was accepted before"


def commitment_to_pay(promised: Sequence[StandingCommitment], partner: str, house: House) -> StandingCommitment:
    """The first commitment to the partner that has something left, or else the last one. Raises NothingPromised.

    promised: all commitments for the assignment, in the order in which they were made.
    """
    providers = {provider.code for provider in house.providers.values() if provider.partner == partner}
    found = [commitment for commitment in promised if commitment.provider in providers]
    if not found:
        raise NothingPromised
    return next((commitment for commitment in found if commitment.remaining), found[-1])
