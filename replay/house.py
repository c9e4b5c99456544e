"""What the replay reads of a house's profile: enough to play everybody in it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from shared.configuration import ProfilesError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CODES = ("criteria", "legal_grounds", "life_domains", "sealed_themes", "information_services")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A municipality, or where people live who live in none. `contact` is the partner that is asked about them."""

    name: str
    sub_region: str
    contact: str | None = None
    own_aftercare: bool = False
    kind: str = "municipality"

    @property
    def registered(self) -> bool:
        """Whether those who live there have a citizen number."""
        return self.kind != "unregistered"


@dataclass(frozen=True, kw_only=True)
class Partner:
    id: str
    source: str
    bond: str
    may_send: tuple[str, ...]
    may_get: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """`municipalities`: only cases from there; None from everywhere."""

    id: str
    figure: str
    municipalities: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionRule:
    code: str
    figure: str
    opens_table: str | None = None
    needs_reason: bool = False


@dataclass(frozen=True, kw_only=True)
class ReasonRule:
    code: str
    comes_back: bool = False
    needs_destination: bool = False


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A monitoring moment, that long after the action plan."""

    code: str
    weeks: int = 0
    months: int = 0


@dataclass(frozen=True, kw_only=True)
class Fund:
    """lines: by the kind of cost that they are for. amounts_per_outflow: what it allots, by year."""

    lines: Mapping[str, str]
    amounts_per_outflow: Mapping[int, Decimal]


@dataclass(frozen=True, kw_only=True)
class House:
    """One house. weekdays: when each sub-region's briefing is held, Monday 0. answer_days: from receipt to briefing.

    providers: the partner that each is; those that are none are left out. trajectory_kinds: the stages of each.
    """

    house: str
    name: str
    reference_day: str
    answer_days: int
    weekdays: Mapping[str, int]
    places: Mapping[str, Place]
    partners: Mapping[str, Partner]
    tables: Mapping[str, Table]
    decisions: Mapping[str, DecisionRule]
    reasons: tuple[ReasonRule, ...]
    criteria: tuple[str, ...]
    legal_grounds: tuple[str, ...]
    life_domains: tuple[str, ...]
    monitoring_moments: tuple[Moment, ...]
    sealed_themes: tuple[str, ...]
    information_services: tuple[str, ...]
    providers: Mapping[str, str] = field(default_factory=dict)
    trajectory_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)

    def senders(self, type: str) -> list[str]:
        """The partners that may send this short type."""
        return [partner.id for partner in self.partners.values() if type in partner.may_send]

    def decisions_for(self, figure: str, place: str) -> list[DecisionRule]:
        """The decisions that this figure counts and that can be taken on somebody who lives there."""
        return [rule for rule in self.decisions.values() if rule.figure == figure and self._open_to(rule, place)]

    def _open_to(self, rule: DecisionRule, place: str) -> bool:
        only = self.tables[rule.opens_table].municipalities if rule.opens_table else None
        return only is None or place in only


def load_house(file: Path) -> House:
    """The house of a profile file, which the services check in full; raises ProfilesError when it is no profile."""
    try:
        profile = tomllib.loads(file.read_text(encoding="utf-8"))
        return _house(profile)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ProfilesError(f"{file}: not a house profile: {error}") from error


def _house(profile: dict[str, Any]) -> House:
    places = [_made(Place, each) for each in profile["municipalities"] + profile["residences"]]
    return House(
        house=profile["house"],
        name=profile["name"],
        reference_day=profile["reference_day"],
        answer_days=profile["briefing"]["answer_days_before"],
        weekdays={each["name"]: WEEKDAYS.index(each["briefing_weekday"]) for each in profile["sub_regions"]},
        places={place.name: place for place in places},
        partners={each["id"]: _made(Partner, each) for each in profile["partners"]},
        tables={each["id"]: _made(Table, each) for each in profile["tables"]},
        decisions={each["code"]: _made(DecisionRule, each) for each in profile["decisions"]},
        reasons=tuple(_made(ReasonRule, each) for each in profile["reasons"]),
        monitoring_moments=tuple(_made(Moment, each) for each in profile["monitoring_moments"]),
        providers={each["code"]: each["partner"] for each in profile.get("providers", ()) if "partner" in each},
        trajectory_kinds={each["code"]: tuple(each.get("stages", ())) for each in profile.get("trajectory_kinds", ())},
        funds={each["code"]: _fund(each) for each in profile.get("funds", ())},
        **{key: tuple(each["code"] for each in profile[key]) for key in CODES},
    )


def _fund(section: dict[str, Any]) -> Fund:
    return Fund(
        lines={line["cost"]: line["code"] for line in section["lines"]},
        amounts_per_outflow={each["year"]: Decimal(each["amount_per_outflow"]) for each in section["years"]},
    )


def _made(make: type[T], section: dict[str, Any]) -> T:
    """A section of the profile, of which only the keys that the replay knows count."""
    known = {each.name for each in fields(make)}  # type: ignore[arg-type]
    return make(**{key: tuple(v) if isinstance(v, list) else v for key, v in section.items() if key in known})
