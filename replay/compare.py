"""The platform's report beside the published figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from replay.contradictions import Contradiction
from replay.published import FUND, MUNICIPALITY, TOTAL, TRANSITION_HOUSE, Year
from replay.script import Script

COUNTED = (
    "weighed_referrals",
    "decisions",
    "age_class",
    "sex",
    "unique_subjects",
    "under_treatment",
    "by_municipality",
)
"""What the management report counts."""
COMPARED = (*COUNTED, FUND)
"""The figures that must match."""
SHOWN = ("subjects_seen_n_times", "focus_outcomes")
"""Figures that are shown beside the published ones, and named where they differ."""
EQUAL, CONTRADICTORY, NOT_PLANNED, DIFFERENT = "equal", "contradiction", "no way found", "DIFFERENT"
ALL_MATCH, SOME_DIFFER, ONLY_CONTRADICTIONS = 0, 1, 3
"""Exit statuses."""


Count = int | Decimal
"""Euros are decimal."""


@dataclass(frozen=True)
class Line:
    """One figure: its keys in the file, joined by dots."""

    figure: str
    published: Count
    platform: Count
    verdict: str
    reason: str = ""

    @property
    def kind(self) -> str:
        """The first of its keys."""
        return self.figure.split(".")[0]


def compare(published: Year, script: Script, report: Mapping[str, Any]) -> list[Line]:
    """Every figure of the published year in its order, the compared ones first, and what the report counts beyond."""
    ours, theirs, aimed = figures(report), figures(published.as_published()), figures(script.year.as_published())
    shown = [figure for figure in theirs | ours if _is_shown(figure, theirs, ours)]
    lines = [_line(figure, theirs, ours, aimed, script) for figure in shown]
    return sorted(lines, key=lambda line: [*COMPARED, *SHOWN].index(line.kind))


def exit_status(lines: list[Line]) -> int:
    """0 when all compared figures match, 3 when only contradictory ones do not, else 1."""
    verdicts = {line.verdict for line in lines if line.kind in COMPARED}
    if verdicts <= {EQUAL}:
        return ALL_MATCH
    return ONLY_CONTRADICTIONS if verdicts <= {EQUAL, CONTRADICTORY} else SOME_DIFFER


def figures(year: Mapping[str, Any]) -> dict[str, Count]:
    """The figures of a year, flat: `decisions.focus_or_top60`, `by_municipality.Gouda.briefing`."""
    return {figure: count for key in (*COMPARED, *SHOWN) for figure, count in _flat(key, year.get(key) or {})}


def _flat(path: str, value: Any) -> Iterator[tuple[str, Count]]:
    if isinstance(value, Count):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{path}.{key}", inner)
    else:
        for row in value:
            counts = {key: count for key, count in row.items() if key != MUNICIPALITY}
            yield from _flat(f"{path}.{row[MUNICIPALITY]}", counts)


def _is_shown(figure: str, published: Mapping[str, Count], ours: Mapping[str, Count]) -> bool:
    """What is not published is shown if it counts something where others of its kind are published."""
    kind = figure.split(".")[0]
    return figure in published or (ours[figure] > 0 and any(each.split(".")[0] == kind for each in published))


def _line(
    figure: str, published: Mapping[str, Count], ours: Mapping[str, Count], aimed: Mapping[str, Count], script: Script
) -> Line:
    theirs, counted = published.get(figure, 0), ours.get(figure, 0)
    if theirs == counted:
        return Line(figure, theirs, counted, EQUAL)
    if counted == aimed.get(figure, 0) and (reason := _named(figure, script.contradictions)):
        return Line(figure, theirs, counted, CONTRADICTORY, reason)
    if reason := _named(figure, script.shortfalls):
        return Line(figure, theirs, counted, NOT_PLANNED, reason)
    return Line(figure, theirs, counted, DIFFERENT)


def _named(figure: str, named: tuple[Contradiction, ...]) -> str:
    """Why this figure cannot be met; empty when nothing says so."""
    for contradiction in named:
        if any(figure == key or figure.startswith(f"{key}.") for key in contradiction.figures):
            return contradiction.reason
    return ""


def in_published_shape(published: Year, report: Mapping[str, Any]) -> dict[str, Any]:
    """The report's compared figures under the keys, in the shapes and in the order of the published file."""
    shaped: dict[str, Any] = {"house": report["house"], "year": report["year"]}
    for key in COUNTED:
        theirs, ours = getattr(published, key), report[key]
        if isinstance(theirs, dict):
            counted = {name: count for name, count in ours.items() if count}
            ours = {name: ours.get(name, 0) for name in theirs | counted}
        shaped[key] = ours
    shaped["by_municipality"] = _rows(published, report["by_municipality"])
    return shaped | ({FUND: _account(report[FUND])} if FUND in report else {})


def _account(account: Mapping[str, Any]) -> dict[str, Any]:
    """As it is published: euros as text, without cents where there are none, each transition house by itself.

    A table of which nothing is published is left out.
    """
    shaped = {key: _as_published(value) for key, value in account.items() if key != "transition_houses"}
    return shaped | {f"{TRANSITION_HOUSE}{code}": counts for code, counts in account["transition_houses"].items()}


def _as_published(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_published(each) for key, each in value.items() if each != {}}
    if isinstance(value, Decimal):
        return f"{value:.0f}" if value == int(value) else f"{value:.2f}"
    return value


def _rows(published: Year, ours: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = {row[MUNICIPALITY]: row for row in ours}
    theirs = [row.municipality for row in published.by_municipality]
    beyond = [name for name, row in found.items() if name not in theirs and row[TOTAL]]
    columns = {column: 0 for row in published.by_municipality for column in row.counts}
    return [{MUNICIPALITY: name, **columns} | _counted(found.get(name, {}), columns) for name in theirs + beyond]


def _counted(row: Mapping[str, Any], columns: Mapping[str, int]) -> dict[str, Any]:
    """What a row counts, with 0 only under the columns that are published."""
    return {column: count for column, count in row.items() if count or column in columns}
