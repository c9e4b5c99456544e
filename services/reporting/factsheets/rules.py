"""The factsheet of one municipality and year. It may leave the house: small counts are left out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from uuid import UUID

from services.reporting.counting.rules import Period, percentage
from services.reporting.house import BRIEFING, SCORED, TABLED_AGAIN, House
from services.reporting.suppression.rules import Shown, shown_counts
from services.reporting.table_figures.rules import TableCase
from services.reporting.weighing_figures.rules import figure_of
from shared.rules import UnknownObject

CaseSubjects = dict[str, list[UUID]]
"""The subject of each case, by the name under which the case is counted."""


class UnknownMunicipality(UnknownObject):
    field = "municipality"
    reason = "is not a municipality of this house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """One tabling of the year. decision: None if a later tabling decides on the referral, or another year counts the
    referral."""

    municipality: str
    subject_id: UUID
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factsheet:
    """One municipality, one year.

    Null: cases about fewer subjects than `smallest_count_shown`, or a count that would give these away.
    until: the last day that counts: of a year under way, today. under_treatment: at the briefing and by figure at the
    tables. percentage_of_region: which part of the region's cases that is.
    """

    house: str
    year: int
    until: date
    municipality: str
    smallest_count_shown: int
    under_treatment: Mapping[str, Shown]
    percentage_of_region: Mapping[str, float | None]
    decisions: Mapping[str, Shown]
    tabled_again: Shown
    focus_outcomes: Mapping[str, Shown]


def check_municipality(municipality: str, house: House) -> None:
    """Raises UnknownMunicipality unless it is one of the house's own."""
    if municipality not in {own.name for own in house.municipalities}:
        raise UnknownMunicipality


def factsheet(
    house_id: str,
    house: House,
    period: Period,
    municipality: str,
    tabled: Sequence[Tabled],
    table_cases: Sequence[TableCase],
) -> Factsheet:
    """Counted as in the management report, from the facts of the whole house. Raises UnknownMunicipality."""
    check_municipality(municipality, house)
    region = subjects_by_meeting(house, tabled, table_cases)
    counts = {name: shown_counts(cases, house.smallest_count_shown)[municipality] for name, cases in region.items()}
    tabled_here = [tabling for tabling in tabled if tabling.municipality == municipality]
    cases_here = [case for case in table_cases if case.municipality == municipality]
    decided = decisions(house, tabled_here, shown=counts[BRIEFING] is not None)
    tabled_again = decided.pop(TABLED_AGAIN)
    return Factsheet(
        house=house_id,
        year=period.last_day.year,
        until=period.last_day,
        municipality=municipality,
        smallest_count_shown=house.smallest_count_shown,
        under_treatment=counts,
        percentage_of_region={name: share(count, region[name]) for name, count in counts.items()},
        decisions=decided,
        tabled_again=tabled_again,
        focus_outcomes=focus_outcomes(
            house, period, cases_here, shown=all(counts[figure] is not None for figure in house.scored_figures)
        ),
    )


def subjects_by_meeting(
    house: House, tabled: Sequence[Tabled], table_cases: Sequence[TableCase]
) -> dict[str, CaseSubjects]:
    """By meeting, the subjects of each municipality's cases."""
    cases = {figure: [case for case in table_cases if house.tables[case.table] == figure] for figure in house.columns}
    return {BRIEFING: subjects_by_municipality(house, tabled)} | {
        figure: subjects_by_municipality(house, of_figure) for figure, of_figure in cases.items()
    }


def subjects_by_municipality(house: House, cases: Iterable[Tabled | TableCase]) -> CaseSubjects:
    """People who live in none of the house's municipalities do not belong to the region."""
    subjects: CaseSubjects = {municipality.name: [] for municipality in house.municipalities}
    for case in cases:
        if case.municipality in subjects:
            subjects[case.municipality].append(case.subject_id)
    return subjects


def share(count: Shown, subjects: Mapping[str, Sequence[UUID]]) -> float | None:
    """Which percentage of all cases a count is; None if the count is left out."""
    return None if count is None else percentage(count, sum(map(len, subjects.values())))


def decisions(house: House, tabled: Sequence[Tabled], *, shown: bool) -> dict[str, Shown]:
    """By figure, and under TABLED_AGAIN how often a referral was tabled besides.

    shown: whether the count at the briefing is; together they are that count.
    """
    parts: CaseSubjects = {figure: [] for figure in (*house.decisions.values(), TABLED_AGAIN)}
    for tabling in tabled:
        figure = TABLED_AGAIN if tabling.decision is None else figure_of(house, tabling.decision)
        parts.setdefault(figure, []).append(tabling.subject_id)
    return shown_counts(parts, house.smallest_count_shown) if shown else dict.fromkeys(parts)


def focus_outcomes(house: House, period: Period, table_cases: Sequence[TableCase], *, shown: bool) -> dict[str, Shown]:
    """Scored cases are a part of the cases that the figures of scored tables count, and the cases in which the answer
    to a question is yes are a part of the scored cases with that question.

    shown: whether the counts of these figures are.
    """
    treated = [case for case in table_cases if house.tables[case.table] in house.scored_figures]
    is_scored = [case.table in house.scored_on and case.closed_on in period and case.is_scored for case in treated]
    count = shown_part(house, treated, is_scored) if shown else None
    if count is None:
        return {**dict.fromkeys(house.questions), SCORED: None}
    scored = list(compress(treated, is_scored))
    return {question: shown_yes(house, question, scored) for question in house.questions} | {SCORED: count}


def shown_yes(house: House, question: str, scored: Sequence[TableCase]) -> Shown:
    """In how many scored cases the answer to the question is yes; None if these or those with a no are few."""
    asked = [case for case in scored if case.answer(question) is not None]
    return shown_part(house, asked, [bool(case.answer(question)) for case in asked])


def shown_part(house: House, cases: Sequence[TableCase], belongs: Sequence[bool]) -> Shown:
    """How many of the cases belong to a part; None if the part or the rest is small."""
    parts: CaseSubjects = {"part": [], "rest": []}
    for case, belonging in zip(cases, belongs, strict=True):
        parts["part" if belonging else "rest"].append(case.subject_id)
    return shown_counts(parts, house.smallest_count_shown)["part"]
