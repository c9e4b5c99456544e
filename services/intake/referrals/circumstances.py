"""What is told with a current referral besides the concern: codes and days for weighing, and texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from services.intake.house import BESIDES, TEXT_OF, House, TextKind
from services.intake.partners.rules import too_early
from shared.bounds import Code, Length, Text
from shared.days import PastDay, ReleaseDay
from shared.rules import BrokenRule

Consent = Literal["yes", "no", "not_asked"]
MOST_NAMED = 20
TEXTS = "texts"
"""The particular that says which texts came besides the concern: of an open referral they are sealed elsewhere."""


class UnknownOrganisation(BrokenRule):
    """The field names the place in the list."""

    reason = "is neither a partner nor a kind of organisation of this house"


class UnknownMeasure(BrokenRule):
    """The field names the place in the list."""

    reason = "is not a kind of measure of this house"


class NotUrgent(BrokenRule):
    field = "urgentBecause"
    reason = "goes with urgent alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure that runs. `ends_on`: its last day."""

    kind: Code
    started_on: PastDay | None = None
    ends_on: ReleaseDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What weighing is told of it. `consent`: whether the person whom it is about agrees; None: not known.

    `contribution_ids`: of the texts that came besides the concern.
    """

    urgent: bool | None = None
    consent: Literal["yes", "no"] | None = None
    organisations: tuple[str, ...] | None = None
    measures: tuple[Measure, ...] | None = None
    contribution_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, kw_only=True)  # without slots, so that a class can have it beside a base with slots
class Circumstances:
    """What is told with a current referral, as far as its sender knows.

    `urgent`: it can not wait; `urgent_because`: why. `consent`: whether the person whom it is about agrees that it is
    told. `organisations`: which ones are involved, ids of partners or kinds of organisation of the profile.
    `measures`: those that run. `risks`: for whom or what, in words.
    """

    urgent: bool | None = None
    urgent_because: Text | None = None
    consent: Consent | None = None
    organisations: Annotated[tuple[Code, ...], Length(most=MOST_NAMED)] | None = None
    measures: Annotated[tuple[Measure, ...], Length(most=MOST_NAMED)] | None = None
    risks: Text | None = None

    def stated(self, referral_id: UUID) -> Stated | None:
        """None if there is nothing to tell."""
        texts = tuple(text_id(referral_id, kind) for kind in BESIDES if getattr(self, kind) is not None)
        stated = Stated(
            urgent=self.urgent or None,
            consent=None if self.consent == "not_asked" else self.consent,
            organisations=self.organisations or None,
            measures=self.measures or None,
            contribution_ids=texts or None,
        )
        return None if stated == Stated() else stated


def broken_by_circumstances(told: Circumstances, house: House) -> Iterator[BrokenRule]:
    """Every rule of the house that they break."""
    for number, organisation in enumerate(told.organisations or ()):
        if organisation is not None and organisation not in house.partners.keys() | house.organisation_kinds:
            yield UnknownOrganisation(f"organisations[{number}]", known=house.organisation_kinds)
    for number, measure in enumerate(told.measures or ()):
        if measure is not None:
            yield from _broken_by_measure(f"measures[{number}]", measure, house)
    if told.urgent_because is not None and not told.urgent:
        yield NotUrgent()


def _broken_by_measure(path: str, measure: Measure, house: House) -> Iterator[BrokenRule]:
    if measure.kind is not None and measure.kind not in house.measure_kinds:
        yield UnknownMeasure(f"{path}.kind", known=house.measure_kinds)
    yield from too_early(f"{path}.endsOn", measure.ends_on, "startedOn", measure.started_on)


def text_id(referral_id: UUID, kind: str) -> UUID:
    """Of a text that comes with a referral: the concern or offence has the id of the referral."""
    return uuid5(referral_id, kind) if kind in BESIDES else referral_id


def text_ids(referral_id: UUID) -> list[UUID]:
    """Of all texts that may have come with a referral."""
    return [referral_id, *(text_id(referral_id, kind) for kind in BESIDES)]


def without_texts(told: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars of an open referral: its texts are sealed elsewhere."""
    texts: set[TextKind] = {*TEXT_OF.values(), *BESIDES}
    besides = [kind for kind in BESIDES if kind in told]
    return {name: value for name, value in told.items() if name not in texts} | ({TEXTS: besides} if besides else {})


def told_circumstances(told: Mapping[str, Any]) -> Circumstances:
    """As they stand among the particulars of a referral. A text that is sealed elsewhere is empty."""
    names = {field.name for field in fields(Circumstances)}
    found = {name: value for name, value in told.items() if name in names} | dict.fromkeys(told.get(TEXTS, ()), "")
    found |= {"organisations": tuple(found.get("organisations", ()))}
    found |= {"measures": tuple(_measure(**measure) for measure in found.get("measures", ()))}
    return Circumstances(**found)


def _measure(kind: str, started_on: str | None, ends_on: str | None) -> Measure:
    first, last = (day and date.fromisoformat(day) for day in (started_on, ends_on))
    return Measure(kind=kind, started_on=first or None, ends_on=last or None)
