"""What counters say of a minute, and how a period is cut into pieces."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.reporting.problems.rules import Concern

WEEK = timedelta(days=7)
APART = timedelta(seconds=45)
"""Two minutes that are written are at least so far apart, and a problem that comes back sooner is the same problem."""
INGRESS = re.compile(r"[a-z]+\.from\.([^.]+)\.([^.]+)")
OUT = re.compile(r"partner\.([^.]+)\.([^.]+)\.out")
PARTNER_FIGURES = (
    ("taken from ", INGRESS, "received"),
    ("refused from ", INGRESS, "refused"),
    ("published to ", OUT, "sent"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMinute:
    """Messages that the replicas of a service took and published."""

    service: str
    taken: int
    published: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerMinute:
    """Messages of a partner, how many of these were refused, and messages for the partner."""

    house: str
    partner: str
    received: int
    refused: int
    sent: int


def services_in(growth: Mapping[str, float], services: Iterable[str]) -> list[ServiceMinute]:
    """growth: how much each figure grew."""
    return [
        ServiceMinute(
            service=name,
            taken=round(growth.get(f"taken by {name}", 0)),
            published=round(growth.get(f"published by {name}", 0)),
        )
        for name in services
    ]


def partners_in(growth: Mapping[str, float]) -> list[PartnerMinute]:
    """Of the partners with messages. growth: how much each figure grew."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for house, partner, figure, count in _partner_figures(growth):
        found.setdefault((house, partner), dict.fromkeys(("received", "refused", "sent"), 0))[figure] += count
    return [PartnerMinute(house=house, partner=partner, **counts) for (house, partner), counts in sorted(found.items())]


def _partner_figures(growth: Mapping[str, float]) -> Iterator[tuple[str, str, str, int]]:
    for name, grown in growth.items():
        for prefix, queue, figure in PARTNER_FIGURES:
            if round(grown) and name.startswith(prefix) and (found := queue.fullmatch(name.removeprefix(prefix))):
                yield found[1], found[2], figure, round(grown)


class Span(StrEnum):
    """How long a period is shown."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


PIECES = {
    Span.HOUR: (timedelta(minutes=1), 60),
    Span.DAY: (timedelta(minutes=15), 96),
    Span.WEEK: (timedelta(hours=2), 84),
}
"""How long a piece of a span is, and how many there are."""


@dataclass(frozen=True, slots=True)
class Period:
    """Equal pieces of time, up to and including `end`."""

    begin: datetime
    step: timedelta
    pieces: int

    @classmethod
    def until(cls, end: datetime, span: Span) -> "Period":
        step, pieces = PIECES[span]
        return cls(end - step * pieces, step, pieces)

    @property
    def end(self) -> datetime:
        return self.begin + self.step * self.pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What was measured of a service in one piece of a period. seconds: how long was measured."""

    service: str
    piece: int
    taken: int
    seconds: float


def rates(pieces: Iterable[Piece], service: str, period: Period) -> tuple[float | None, ...]:
    """Messages a second in each piece of the period; None where nothing was measured."""
    measured = {each.piece: round(each.taken / each.seconds, 2) for each in pieces if each.service == service}
    return tuple(measured.get(number) for number in range(period.pieces))


def messages(pieces: Iterable[Piece], service: str) -> int | None:
    """Messages that the service took in all pieces; None if nothing was measured."""
    taken = [each.taken for each in pieces if each.service == service]
    return sum(taken) if taken else None


def services_of(pieces: Sequence[Piece]) -> list[str]:
    return sorted({each.service for each in pieces})


@dataclass(frozen=True, slots=True, kw_only=True)
class PastProblem:
    """A problem as it is kept. until: None while it lasts. amount: the greatest that was seen."""

    id: UUID
    concern: Concern
    about: str
    since: datetime
    until: datetime | None
    amount: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "concern", Concern(self.concern))
