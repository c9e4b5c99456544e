"""What aftercare needs to know of a house, as its profile says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile. `life_domains` are in the order in which a plan goes through them."""

    life_domains: tuple[str, ...]
    aftercare_tables: frozenset[str]
