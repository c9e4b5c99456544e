"""What is told with a current referral besides the concern."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Consent = Literal["yes", "no", "not_asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What weighing is told of it: codes and days. `consent`: whether the person whom it is about agrees; None: not
    known.
    """

    urgent: bool | None = None
    consent: Literal["yes", "no"] | None = None


@dataclass(frozen=True, kw_only=True)  # without slots, so that a class can have it beside a base with slots
class Circumstances:
    """What is told with a current referral, as far as its sender knows.

    `urgent`: it can not wait. `consent`: whether the person whom it is about agrees that it is told.
    """

    urgent: bool | None = None
    consent: Consent | None = None

    @property
    def stated(self) -> Stated | None:
        """None if there is nothing to tell."""
        consent = None if self.consent == "not_asked" else self.consent
        stated = Stated(urgent=self.urgent or None, consent=consent)
        return None if stated == Stated() else stated


def told_circumstances(told: Mapping[str, Any]) -> Circumstances:
    """As they stand among the particulars of a referral."""
    names = {field.name for field in fields(Circumstances)}
    return Circumstances(**{name: value for name, value in told.items() if name in names})
