"""How reporting reads a house's profile."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Annotated

from marshmallow import ValidationError

from services.reporting.house import BRIEFING, SCORED, TABLED_AGAIN, TOTAL, House, Municipality
from shared.bounds import Length, Range
from shared.configuration import Coded, Named, house_loader

TAKEN = frozenset({BRIEFING, TOTAL, TABLED_AGAIN})
"""Codes that no figure can have, for they stand beside the figures."""
COLUMNS_TAKEN = TAKEN | {"municipality", "sub_region"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFigure:
    """`column`: the figure's key in the rows by municipality, if that is not its code."""

    code: str
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDecision:
    """`figure`: the figure of the report that counts referrals with this decision."""

    code: str
    figure: str
    escalates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    """`figure`: the figure of the report that counts the cases of this table."""

    id: str
    figure: str
    scored_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that figures use."""

    municipalities: tuple[Municipality, ...]
    residences: tuple[Named, ...]
    figures: Annotated[tuple[ProfileFigure, ...], Length(least=1)]
    outcome_questions: tuple[Coded, ...] = ()
    decisions: Annotated[tuple[ProfileDecision, ...], Length(least=1)]
    tables: tuple[ProfileTable, ...]
    reasons: tuple[Coded, ...]
    life_domains: tuple[Coded, ...]
    monitoring_moments: tuple[Coded, ...]
    smallest_count_shown: Annotated[int, Range(least=2)] = 5

    def __post_init__(self) -> None:
        """Raises ValidationError with each name that is not declared, and each key that the report would have twice."""
        if wrong := dict([*self._undeclared_names(), *self._keys_twice()]):
            raise ValidationError({path: [reason] for path, reason in wrong.items()})

    def _undeclared_names(self) -> Iterator[tuple[str, str]]:
        figures = {figure.code for figure in self.figures}
        questions = {question.code for question in self.outcome_questions}
        yield from _undeclared("decisions", [decision.figure for decision in self.decisions], figures)
        yield from _undeclared("tables", [table.figure for table in self.tables], figures)
        for position, table in enumerate(self.tables):
            if unknown := sorted(set(table.scored_on) - questions):
                yield f"tables[{position}].scored_on", f"{unknown[0]!r} is no outcome question of this profile"

    def _keys_twice(self) -> Iterator[tuple[str, str]]:
        questions = [question.code for question in self.outcome_questions]
        yield from _twice("figures", "column", [figure.column or figure.code for figure in self.figures], COLUMNS_TAKEN)
        yield from _twice("figures", "code", [figure.code for figure in self.figures], TAKEN)
        yield from _twice("outcome_questions", "code", questions, {SCORED})

    def house(self) -> House:
        return House(
            municipalities=self.municipalities,
            residences=tuple(residence.name for residence in self.residences),
            columns=self._columns(),
            decisions={decision.code: decision.figure for decision in self.decisions},
            escalating=frozenset(decision.code for decision in self.decisions if decision.escalates),
            tables={table.id: table.figure for table in self.tables},
            scored_on={table.id: frozenset(table.scored_on) for table in self.tables if table.scored_on},
            outcome_questions=tuple(question.code for question in self.outcome_questions),
            reasons=tuple(reason.code for reason in self.reasons),
            life_domains=tuple(domain.code for domain in self.life_domains),
            monitoring_moments=tuple(moment.code for moment in self.monitoring_moments),
            smallest_count_shown=self.smallest_count_shown,
        )

    def _columns(self) -> Mapping[str, str]:
        counting_tables = {table.figure for table in self.tables}
        return {figure.code: figure.column or figure.code for figure in self.figures if figure.code in counting_tables}


def _undeclared(section: str, figures: Sequence[str], declared: Set[str]) -> Iterator[tuple[str, str]]:
    """The path and the reason of each undeclared figure. figures: of the section's entries in order."""
    for position, figure in enumerate(figures):
        if figure not in declared:
            yield f"{section}[{position}].figure", f"{figure!r} is no figure of this profile"


def _twice(section: str, key: str, values: Sequence[str], taken: Set[str]) -> Iterator[tuple[str, str]]:
    """The path and the reason of each value that stands in the report already. taken: keys of the report itself."""
    seen = set(taken)
    for position, value in enumerate(values):
        if value in seen:
            yield f"{section}[{position}].{key}", f"{value!r} is a key of the report already"
        seen.add(value)


load_houses = house_loader(Profile)
