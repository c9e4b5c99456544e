"""Needs: each on one life domain."""

from services.aftercare.domain.errors import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.domain.house import House


def in_order(needs: tuple[str, ...], house: House) -> tuple[str, ...]:
    """The needs in the order of the house's profile."""
    for position, domain in enumerate(needs):
        if domain not in house.life_domains:
            raise UnknownLifeDomain(f"needs[{position}]")
        if domain in needs[:position]:
            raise LifeDomainTwice(f"needs[{position}]", "is among the needs already")
    return tuple(sorted(needs, key=house.life_domains.index))
