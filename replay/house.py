"""What the replay reads of a house's profile: enough to play everybody in it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from shared.configuration import ProfilesError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CODES = ("legal_grounds", "addressees", "life_domains", "sealed_themes", "information_questions")
AGE_CLASSES = ("under_18", "18_to_23", "23_and_over", "unknown")
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
    """`municipalities`, `ages`: only cases of people who live there and are of that age class; None of everybody.

    `families`: whether it takes families, which have no age.
    """

    id: str
    figure: str
    municipalities: tuple[str, ...] | None = None
    ages: tuple[str, ...] | None = None
    families: bool = True
    scored_on: tuple[str, ...] = ()
    monitored: bool = True
    aftercare: bool = False

    def takes(self, place: str, age_class: str, *, family: bool = False) -> bool:
        """Whether it takes the case of a family, or of somebody of that age class, who lives there."""
        of_age = self.families if family else self.ages is None or age_class in self.ages
        return self.takes_from(place) and of_age

    def takes_from(self, place: str) -> bool:
        return self.municipalities is None or place in self.municipalities


@dataclass(frozen=True, kw_only=True)
class DecisionRule:
    code: str
    figure: str
    opens_table: str | None = None
    needs_reason: bool = False
    escalates: bool = False
    needs_follow_up: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReferralKind:
    """weighed: `always`, `never` or `if_worrying`. exceptions: as in the profile."""

    code: str
    weighed: str
    exceptions: Sequence[Mapping[str, Any]] = ()

    def treatment(self, place: str) -> str:
        """Whether a referral of this kind is weighed when it is about somebody who lives there."""
        other = (each["weighed"] for each in self.exceptions if place in each["municipalities"])
        return next(other, self.weighed)


@dataclass(frozen=True, kw_only=True)
class ReasonRule:
    code: str
    comes_back: bool = False
    needs_destination: bool = False
    needs_follow_up: tuple[str, ...] = ()


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
    """One house. weekdays: when each sub-region's briefing is held, Monday 0. moves_briefings: to the next working day,
    if it is a holiday; otherwise the briefing is skipped. answer_days: working days from an answer to the briefing.

    follow_ups: what each asks besides who does it until when. columns: of each figure that counts the cases of tables,
    its key in the rows by municipality. institutions: their names. criteria: those of the national framework first.
    destinations: those that need no consent. providers: the partner that each is; those that are none are left out.
    trajectory_kinds: the stages of each.
    """

    house: str
    name: str
    reference_day: str
    answer_days: int
    weekdays: Mapping[str, int]
    moves_briefings: bool = True
    places: Mapping[str, Place]
    partners: Mapping[str, Partner]
    referral_kinds: tuple[ReferralKind, ...]
    columns: Mapping[str, str]
    outcome_questions: tuple[str, ...]
    tables: Mapping[str, Table]
    decisions: Mapping[str, DecisionRule]
    reasons: tuple[ReasonRule, ...]
    criteria: tuple[str, ...]
    legal_grounds: tuple[str, ...]
    institutions: tuple[str, ...]
    destinations: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    follow_ups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    life_domains: tuple[str, ...]
    monitoring_moments: tuple[Moment, ...]
    sealed_themes: tuple[str, ...]
    information_services: tuple[str, ...]
    information_questions: tuple[str, ...] = ()
    providers: Mapping[str, str] = field(default_factory=dict)
    trajectory_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)

    def senders(self, type: str) -> list[str]:
        """The partners that may send this short type."""
        return [partner.id for partner in self.partners.values() if type in partner.may_send]

    def weighed(self, kind: str, place: str) -> str:
        """How referrals of a kind are treated that are about somebody who lives there."""
        return next(each.treatment(place) for each in self.referral_kinds if each.code == kind)

    @property
    def scored(self) -> Mapping[str, Table]:
        """The tables that are scored at closing, by id."""
        return {id: table for id, table in self.tables.items() if table.scored_on}

    @property
    def questions(self) -> tuple[str, ...]:
        """The outcome questions that any table is scored on."""
        asked = {question for table in self.tables.values() for question in table.scored_on}
        return tuple(question for question in self.outcome_questions if question in asked)

    @property
    def without_table(self) -> list[DecisionRule]:
        """The decisions that bring a case to no table, and that count under no figure of tables."""
        return [rule for rule in self.decisions.values() if not rule.opens_table and rule.figure not in self.columns]

    @property
    def fallback(self) -> DecisionRule:
        """What the team decides when no table takes somebody: preferably a decision with a reason."""
        return next((rule for rule in self.without_table if rule.needs_reason), self.without_table[0])

    def takes_from(self, figure: str, place: str) -> bool:
        """Whether a decision can bring somebody who lives there to a table of this figure."""
        return any(self.decisions_for(figure, place, age_class) for age_class in AGE_CLASSES)

    def ages_of(self, figure: str) -> frozenset[str]:
        """The age classes that the tables of a figure take."""
        tables = [table for table in self.tables.values() if table.figure == figure]
        return frozenset(age for table in tables for age in (AGE_CLASSES if table.ages is None else table.ages))

    def decisions_for(self, figure: str, place: str, age_class: str, *, family: bool = False) -> list[DecisionRule]:
        """The decisions that this figure counts and that can be taken on a family, or on somebody of that age class.

        Of a figure that counts the cases of tables: those that open one.
        """
        rules = [rule for rule in self.decisions.values() if rule.figure == figure]
        if figure not in self.columns:
            return [rule for rule in rules if not rule.opens_table]
        opening = ((rule, self.tables[rule.opens_table]) for rule in rules if rule.opens_table)
        return [rule for rule, table in opening if table.takes(place, age_class, family=family)]


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
        moves_briefings=profile["briefing"].get("on_holiday", "next_working_day") == "next_working_day",
        weekdays={each["name"]: WEEKDAYS.index(each["briefing_weekday"]) for each in profile["sub_regions"]},
        places={place.name: place for place in places},
        partners={each["id"]: _made(Partner, each) for each in profile["partners"]},
        referral_kinds=tuple(_made(ReferralKind, each) for each in profile["referral_kinds"]),
        columns=_columns(profile),
        outcome_questions=tuple(each["code"] for each in profile.get("outcome_questions", ())),
        tables={each["id"]: _made(Table, each) for each in profile["tables"]},
        decisions={each["code"]: _made(DecisionRule, each) for each in profile["decisions"]},
        reasons=tuple(_made(ReasonRule, each) for each in profile["reasons"]),
        criteria=_national_first(profile["criteria"]),
        institutions=tuple(each["name"] for each in profile["institutions"]),
        monitoring_moments=tuple(_made(Moment, each) for each in profile["monitoring_moments"]),
        providers={each["code"]: each["partner"] for each in profile.get("providers", ()) if "partner" in each},
        trajectory_kinds={each["code"]: tuple(each.get("stages", ())) for each in profile.get("trajectory_kinds", ())},
        follow_ups={each["code"]: tuple(each.get("asks", ())) for each in profile.get("follow_ups", ())},
        funds={each["code"]: _fund(each) for each in profile.get("funds", ())},
        information_services=tuple(
            each["code"] for each in profile.get("information_services", ()) if each.get("municipal", True)
        ),
        **{key: tuple(each["code"] for each in profile.get(key, ())) for key in CODES},
        destinations=tuple(each["code"] for each in profile.get("destinations", ()) if not each.get("needs_consent")),
    )


def _columns(profile: dict[str, Any]) -> dict[str, str]:
    counting_tables = {table["figure"] for table in profile["tables"]}
    figures = [figure for figure in profile["figures"] if figure["code"] in counting_tables]
    return {figure["code"]: figure.get("column", figure["code"]) for figure in figures}


def _national_first(criteria: list[dict[str, str]]) -> tuple[str, ...]:
    ordered = sorted(criteria, key=lambda criterion: criterion["framework"] != "national")
    return tuple(criterion["code"] for criterion in ordered)


def _fund(section: dict[str, Any]) -> Fund:
    return Fund(
        lines={line["cost"]: line["code"] for line in section["lines"]},
        amounts_per_outflow={each["year"]: Decimal(each["amount_per_outflow"]) for each in section["years"]},
    )


def _made(make: type[T], section: dict[str, Any]) -> T:
    """A section of the profile, of which only the keys that the replay knows count."""
    known = {each.name for each in fields(make)}  # type: ignore[arg-type]
    return make(**{key: tuple(v) if isinstance(v, list) else v for key, v in section.items() if key in known})
