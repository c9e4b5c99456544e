"""Needs: each on one life domain."""

from services.aftercare.house import House
from shared.rules import BrokenRule


class UnknownLifeDomain(BrokenRule):
    field = "domain"
    reason = "is not a life domain of this house"


class LifeDomainTwice(BrokenRule):
    field = "domain"
    reason = "is named twice"


def in_order(needs: tuple[str, ...], house: House) -> tuple[str, ...]:
    """The needs in the order of the house's profile. Raises UnknownLifeDomain, LifeDomainTwice."""
    for position, domain in enumerate(needs):
        if domain not in house.life_domains:
            raise UnknownLifeDomain(f"needs[{position}]", known=house.life_domains)
        if domain in needs[:position]:
            raise LifeDomainTwice(f"needs[{position}]")
    return tuple(sorted(needs, key=house.life_domains.index))
