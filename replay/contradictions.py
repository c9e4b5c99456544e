"""Where published figures contradict each other, and the nearest figures that do not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from replay.groups import closest_sizes, fewest_referrals, seen_n_times
from replay.house import House, Table
from replay.published import BRIEFING, FUND, SCORED, TOTAL, Row, Year


@dataclass(frozen=True)
class Contradiction:
    """Figures of which at least one cannot be met, by their keys in the file, and why."""

    figures: tuple[str, ...]
    reason: str


def reconcile(published: Year, house: House) -> tuple[Year, tuple[Contradiction, ...]]:
    """Figures that can all be met at once, and what contradicts itself in the published ones.

    `weighed_referrals` and the columns of `by_municipality` are kept before anything that should follow from them.
    """
    named: list[Contradiction] = []
    year = published
    for step in (_margins, _people, _families, _seen, _totals, _briefing, _tables, _outcomes, _account):
        year, found = step(year, house)
        named += found
    return year, tuple(named)


_Step = tuple[Year, list[Contradiction]]


def _margins(year: Year, house: House) -> _Step:
    named = []
    for key in ("decisions", "age_class", "sex"):
        counts: dict[str, int] = getattr(year, key)
        if (total := sum(counts.values())) != year.weighed_referrals:
            reason = f"{key} add up to {total}, weighed_referrals is {year.weighed_referrals}"
            named.append(Contradiction((key, "weighed_referrals"), reason))
            resized: Any = {key: _resized(counts, year.weighed_referrals - total)}
            year = replace(year, **resized)
    return year, named


def _resized(counts: Mapping[str, int], change: int) -> dict[str, int]:
    """The counts with `change` more (or fewer), taken at the largest first."""
    resized = dict(counts)
    for key in sorted(resized, key=lambda each: -resized[each]):
        step = max(change, -resized[key])
        resized[key] += step
        change -= step
    return resized


def _people(year: Year, house: House) -> _Step:
    weighed, unique = year.weighed_referrals, year.unique_subjects
    possible = min(max(unique, 1 if weighed else 0), weighed)
    if possible == unique:
        return year, []
    reason = f"{weighed} weighed_referrals cannot concern {unique} unique_subjects"
    figures = ("unique_subjects", "weighed_referrals", "subjects_seen_n_times")
    return replace(year, unique_subjects=possible), [Contradiction(figures, reason)]


def _families(year: Year, house: House) -> _Step:
    """A family is not recognised, so each of its referrals is a subject of its own."""
    families = year.sex.get("family", 0)
    once = year.unique_subjects - (year.weighed_referrals > year.unique_subjects)
    if families <= once:
        return year, []
    reason = f"{families} sex.family leave too few of {year.unique_subjects} unique_subjects for the other referrals"
    others = {"man": 0} | {sex: count for sex, count in year.sex.items() if sex != "family"}
    sexes = {"family": once} | _resized(others, families - once)
    return replace(year, sex=sexes), [Contradiction(("sex", "unique_subjects"), reason)]


def _seen(year: Year, house: House) -> _Step:
    seen = year.subjects_seen_n_times
    if not seen:
        return year, []
    counted = dict.fromkeys(seen, 0) | seen_n_times(_sizes(year))
    if counted == dict.fromkeys(counted, 0) | seen:
        return year, []
    figures = ("subjects_seen_n_times", "unique_subjects", "weighed_referrals")
    return replace(year, subjects_seen_n_times=counted), [Contradiction(figures, _why_not_seen(year))]


def _why_not_seen(year: Year) -> str:
    seen, unique = year.subjects_seen_n_times, year.unique_subjects
    people = sum(seen.values())
    if people > unique:
        return f"subjects_seen_n_times counts {people} people, unique_subjects is {unique}"
    implied = fewest_referrals(unique, seen)
    open_ended = bool(seen.get("7+"))
    if implied == year.weighed_referrals or (implied < year.weighed_referrals and open_ended):
        return f"subjects_seen_n_times leaves too few people seen once for {year.sex['family']} sex.family"
    bound = "at least" if open_ended else "exactly"
    imply = f"subjects_seen_n_times and {unique} unique_subjects imply {bound} {implied} weighed_referrals"
    return f"{imply}, not {year.weighed_referrals}"


def _briefing(year: Year, house: House) -> _Step:
    tablings = sum(row.briefing for row in year.by_municipality)
    lacking = year.weighed_referrals - tablings
    if lacking <= 0:
        return year, []
    reason = f"by_municipality has {tablings} briefing cases, fewer than {year.weighed_referrals} weighed_referrals"
    largest = max(year.by_municipality, key=lambda row: row.briefing)
    enlarged = largest.with_counts(briefing=largest.briefing + lacking)
    rows = tuple(enlarged if row is largest else row for row in year.by_municipality)
    figures = ("by_municipality", "under_treatment", "weighed_referrals")
    return _with_totals(replace(year, by_municipality=rows), house), [Contradiction(figures, reason)]


def _tables(year: Year, house: House) -> _Step:
    """A decision for a table needs a case there, one for each person at least, and somebody of an age that it takes."""
    named = []
    decisions = dict(year.decisions)
    sizes = sorted(_sizes(year), reverse=True)
    for figure, column in house.columns.items():
        cases = sum(row.cases(column) for row in year.by_municipality)
        taken = _of_age(figure, year, house)
        if (surplus := decisions.get(figure, 0) - min(sum(sizes[:cases]), taken)) <= 0:
            continue
        if decisions[figure] > taken:
            reason = f"{decisions[figure]} decisions.{figure} need more referrals than the {taken} of the ages "
            reason += "that its tables take"
            named.append(Contradiction(("decisions", "age_class"), reason))
        else:
            reason = f"{decisions[figure]} decisions.{figure} need more cases than the {cases} of by_municipality"
            named.append(Contradiction(("decisions", "by_municipality", "under_treatment"), reason))
        decisions = shifted(decisions, figure, surplus, house)
    return replace(year, decisions=decisions), named


def _of_age(figure: str, year: Year, house: House) -> int:
    """How many referrals are about people of an age that the tables of a figure take."""
    ages = house.ages_of(figure)
    return sum(count for age_class, count in year.age_class.items() if age_class in ages)


def _sizes(year: Year) -> list[int]:
    families = year.sex.get("family", 0)
    return closest_sizes(year.unique_subjects, year.weighed_referrals, year.subjects_seen_n_times, families)


def shifted(decisions: Mapping[str, int], figure: str, surplus: int, house: House) -> dict[str, int]:
    """The decisions with `surplus` of a table's moved to what the house decides when no table takes somebody."""
    fallback = house.fallback.figure
    return {
        **decisions,
        figure: decisions[figure] - surplus,
        fallback: decisions.get(fallback, 0) + surplus,
    }


def _totals(year: Year, house: House) -> _Step:
    return _with_totals(year, house), list(_wrong_totals(year, house))


def _with_totals(year: Year, house: House) -> Year:
    """The year with the totals that follow from the columns of `by_municipality`."""
    rows = tuple(row.with_counts() for row in year.by_municipality)
    columns = {BRIEFING: BRIEFING, **house.columns, TOTAL: TOTAL}
    treated = {key: sum(row.cases(column) for row in rows) for key, column in columns.items()}
    kept = {key: treated.get(key, 0) for key in year.under_treatment}
    return replace(year, by_municipality=rows, under_treatment=kept)


def _wrong_totals(year: Year, house: House) -> Iterator[Contradiction]:
    treated = year.under_treatment
    for key, column in {BRIEFING: BRIEFING, **house.columns, TOTAL: TOTAL}.items():
        total = sum(row.cases(column) for row in year.by_municipality)
        if key in treated and treated[key] != total:
            reason = f"under_treatment.{key} is {treated[key]}, the column of by_municipality adds up to {total}"
            yield Contradiction(("under_treatment", "by_municipality"), reason)
    parts = sum(count for key, count in treated.items() if key != TOTAL)
    if treated.get(TOTAL, parts) != parts:
        reason = f"under_treatment.total is {treated[TOTAL]}, its parts add up to {parts}"
        yield Contradiction(("under_treatment",), reason)
    yield from (wrong for row in year.by_municipality for wrong in _wrong_total(row))


def _wrong_total(row: Row) -> Iterator[Contradiction]:
    if row.total != row.parts:
        reason = f"{row.municipality}: total is {row.total}, its parts add up to {row.parts}"
        yield Contradiction((f"by_municipality.{row.municipality}", "under_treatment"), reason)


def _outcomes(year: Year, house: House) -> _Step:
    """No more cases can be scored than are under treatment at scored tables; on a question, than at its tables."""
    outcomes = year.focus_outcomes
    scored = min(outcomes.get(SCORED, 0), _treated(house.scored.values(), year))
    possible = {
        question: min(scored, _treated((table for table in house.scored.values() if question in table.scored_on), year))
        for question in house.questions
    } | {SCORED: scored}
    capped = {key: min(count, possible.get(key, 0)) for key, count in outcomes.items()}
    named = [
        Contradiction((f"focus_outcomes.{key}",), f"{key} is {count}, only {capped[key]} cases can be scored")
        for key, count in outcomes.items()
        if capped[key] != count
    ]
    return replace(year, focus_outcomes=capped), named


def _treated(tables: Iterable[Table], year: Year) -> int:
    """How many cases the figures of these tables count."""
    return sum(year.under_treatment.get(figure, 0) for figure in {table.figure for table in tables})


def _account(year: Year, house: House) -> _Step:
    account = year.account
    if account is None:
        return year, []
    parts = (account.trajectories.cost_eur, account.conversations.cost_eur, account.work_training.cost_eur)
    total = sum(parts, Decimal())
    if total == account.total_cost_eur:
        return year, []
    reason = f"{FUND}.total_cost_eur is {account.total_cost_eur}, its parts add up to {total}"
    named = Contradiction((f"{FUND}.total_cost_eur",), reason)
    return replace(year, van_der_staaij=replace(account, total_cost_eur=total)), [named]
