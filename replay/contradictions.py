"""Where published figures contradict each other, and the nearest figures that do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from replay.groups import closest_sizes, fewest_referrals, seen_n_times
from replay.published import FUND, TABLE_COLUMNS, Row, Year


@dataclass(frozen=True)
class Contradiction:
    """Figures of which at least one cannot be met, by their keys in the file, and why."""

    figures: tuple[str, ...]
    reason: str


def reconcile(published: Year) -> tuple[Year, tuple[Contradiction, ...]]:
    """Figures that can all be met at once, and what contradicts itself in the published ones.

    `weighed_referrals` and the columns of `by_municipality` are kept before anything that should follow from them.
    """
    named: list[Contradiction] = []
    year = published
    for step in (_margins, _people, _families, _seen, _totals, _briefing, _tables, _outcomes, _account):
        year, found = step(year)
        named += found
    return year, tuple(named)


_Step = tuple[Year, list[Contradiction]]


def _margins(year: Year) -> _Step:
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


def _people(year: Year) -> _Step:
    weighed, unique = year.weighed_referrals, year.unique_subjects
    possible = min(max(unique, 1 if weighed else 0), weighed)
    if possible == unique:
        return year, []
    reason = f"{weighed} weighed_referrals cannot concern {unique} unique_subjects"
    figures = ("unique_subjects", "weighed_referrals", "subjects_seen_n_times")
    return replace(year, unique_subjects=possible), [Contradiction(figures, reason)]


def _families(year: Year) -> _Step:
    """A family is not recognised, so each of its referrals is a subject of its own."""
    families = year.sex.get("family", 0)
    once = year.unique_subjects - (year.weighed_referrals > year.unique_subjects)
    if families <= once:
        return year, []
    reason = f"{families} sex.family leave too few of {year.unique_subjects} unique_subjects for the other referrals"
    others = {"man": 0} | {sex: count for sex, count in year.sex.items() if sex != "family"}
    sexes = {"family": once} | _resized(others, families - once)
    return replace(year, sex=sexes), [Contradiction(("sex", "unique_subjects"), reason)]


def _seen(year: Year) -> _Step:
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


def _briefing(year: Year) -> _Step:
    tablings = sum(row.briefing for row in year.by_municipality)
    lacking = year.weighed_referrals - tablings
    if lacking <= 0:
        return year, []
    reason = f"by_municipality has {tablings} briefing cases, fewer than {year.weighed_referrals} weighed_referrals"
    largest = max(year.by_municipality, key=lambda row: row.briefing)
    enlarged = replace(largest, briefing=largest.briefing + lacking)
    rows = tuple(enlarged if row is largest else row for row in year.by_municipality)
    figures = ("by_municipality", "under_treatment", "weighed_referrals")
    return _with_totals(replace(year, by_municipality=rows)), [Contradiction(figures, reason)]


def _tables(year: Year) -> _Step:
    """A decision for a table needs a case there, one for each person at least."""
    named = []
    decisions = dict(year.decisions)
    sizes = sorted(_sizes(year), reverse=True)
    for table in TABLE_COLUMNS:
        cases = sum(row.cases(table) for row in year.by_municipality)
        possible = sum(sizes[:cases])
        if (surplus := decisions.get(table, 0) - possible) > 0:
            reason = f"{decisions[table]} decisions.{table} need more cases than the {cases} of by_municipality"
            named.append(Contradiction(("decisions", "by_municipality", "under_treatment"), reason))
            decisions = shifted(decisions, table, surplus)
    return replace(year, decisions=decisions), named


def _sizes(year: Year) -> list[int]:
    families = year.sex.get("family", 0)
    return closest_sizes(year.unique_subjects, year.weighed_referrals, year.subjects_seen_n_times, families)


def shifted(decisions: Mapping[str, int], table: str, surplus: int) -> dict[str, int]:
    """The decisions with `surplus` of a table's moved to no_follow_up."""
    return {
        **decisions,
        table: decisions[table] - surplus,
        "no_follow_up": decisions.get("no_follow_up", 0) + surplus,
    }


def _totals(year: Year) -> _Step:
    return _with_totals(year), list(_wrong_totals(year))


def _with_totals(year: Year) -> Year:
    """The year with the totals that follow from the columns of `by_municipality`."""
    rows = tuple(replace(row, total=row.briefing + row.aftercare + row.focus) for row in year.by_municipality)
    columns = {"briefing": sum(row.briefing for row in rows)}
    columns |= {table: sum(row.cases(table) for row in rows) for table in TABLE_COLUMNS}
    treated = columns | {"total": sum(columns.values())}
    kept = {key: treated[key] for key in year.under_treatment}
    return replace(year, by_municipality=rows, under_treatment=kept)


def _wrong_totals(year: Year) -> Iterator[Contradiction]:
    treated = year.under_treatment
    for key, column in {"briefing": "briefing", **TABLE_COLUMNS, "total": "total"}.items():
        total = sum(getattr(row, column) for row in year.by_municipality)
        if key in treated and treated[key] != total:
            reason = f"under_treatment.{key} is {treated[key]}, the column of by_municipality adds up to {total}"
            yield Contradiction(("under_treatment", "by_municipality"), reason)
    parts = sum(count for key, count in treated.items() if key != "total")
    if treated.get("total", parts) != parts:
        reason = f"under_treatment.total is {treated['total']}, its parts add up to {parts}"
        yield Contradiction(("under_treatment",), reason)
    yield from (wrong for row in year.by_municipality for wrong in _wrong_total(row))


def _wrong_total(row: Row) -> Iterator[Contradiction]:
    parts = row.briefing + row.aftercare + row.focus
    if row.total != parts:
        reason = f"{row.municipality}: total is {row.total}, its parts add up to {parts}"
        yield Contradiction((f"by_municipality.{row.municipality}", "under_treatment"), reason)


def _outcomes(year: Year) -> _Step:
    outcomes = year.focus_outcomes
    scored = outcomes.get("closed_cases_scored", 0)
    treated = year.under_treatment.get("focus_or_top60", 0)
    possible = min(scored, treated)
    capped = {key: min(count, possible) for key, count in outcomes.items()}
    named = [
        Contradiction((f"focus_outcomes.{key}",), f"{key} is {count}, only {possible} focus cases can be scored")
        for key, count in outcomes.items()
        if capped[key] != count
    ]
    return replace(year, focus_outcomes=capped), named


def _account(year: Year) -> _Step:
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
