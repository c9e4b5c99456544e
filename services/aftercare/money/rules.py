"""Amounts of money: Decimal, in euros and whole cents."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

CENTS = 100
CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def shares(amount: Decimal, weights: Sequence[int | Decimal]) -> list[Decimal]:
    """The amount divided by weight, to the cent, with nothing lost: what is left over goes by the largest remainder.

    Of equal remainders the first get a cent more. Raises ValueError for a part of a cent, and where nothing has weight.
    """
    cents = amount * CENTS
    if cents != int(cents):
        raise ValueError("an amount is in whole cents")
    if min(weights, default=0) < 0 or not sum(weights):
        raise ValueError("something must have weight, and nothing less than none")
    total = Fraction(sum(weights))
    exact = [int(cents) * Fraction(weight) / total for weight in weights]
    parts = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: int(cents) - sum(parts)]:
        parts[place] += 1
    return [Decimal(part) / CENTS for part in parts]
