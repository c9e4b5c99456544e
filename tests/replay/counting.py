"""Counts a script as the report should: written apart from the planner, to check it."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from replay.script import Referral, Script, Subject


def recognised_as(subject: Subject, number: int) -> Any:
    """By what the house knows somebody again; families and people without BSN and birth date it never does."""
    if subject.sex == "family":
        return "family", number
    if subject.bsn:
        return subject.bsn
    if subject.birth_date:
        return subject.family_name, subject.given_names, subject.birth_date
    return "unknown", number


def age_class(subject: Subject, on: date) -> str:
    if subject.birth_date is None:
        return "unknown"
    born = subject.birth_date
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "under_18" if age < 18 else "18_to_23" if age < 23 else "23_and_over"


def counted(script: Script) -> dict[str, Any]:
    year = script.year.year
    weighed = [each for each in script.referrals if each.tablings and each.tablings[0].on.year == year]
    rows = _rows(script)
    seen = Counter(recognised_as(each.subject, each.number) for each in weighed)
    columns = {figure: sum(row[column] for row in rows.values()) for figure, column in _columns(script).items()}
    return {
        "weighed_referrals": len(weighed),
        "decisions": _nonzero(Counter(_figure(each, script) for each in weighed)),
        "age_class": _nonzero(
            Counter(
                age_class(each.subject, date.fromisoformat(f"{each.received_on.year}-{script.house.reference_day}"))
                for each in weighed
            )
        ),
        "sex": _nonzero(Counter(each.subject.sex for each in weighed)),
        "unique_subjects": len(seen),
        "subjects_seen_n_times": _nonzero(Counter("7+" if n >= 7 else str(n) for n in seen.values() if n > 1)),
        "under_treatment": _nonzero(columns | {"total": sum(columns.values())}),
        "by_municipality": {place: dict(row) for place, row in rows.items() if any(row.values())},
    }


def _figure(referral: Referral, script: Script) -> str:
    in_year = [tabling for tabling in referral.tablings if tabling.on.year == script.year.year]
    return script.house.decisions[in_year[-1].decision].figure


def _rows(script: Script) -> dict[str, Counter[str]]:
    year = script.year.year
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    closings = {(case.referral, case.table): case.closed_on for case in script.table_cases}
    running: dict[Any, date | None] = {}
    tablings = [(tabling, each) for each in script.referrals for tabling in each.tablings]
    for tabling, referral in sorted(tablings, key=lambda pair: (pair[0].on, pair[1].number)):
        place = referral.subject.place
        rows[place]["briefing"] += tabling.on.year == year
        table = script.house.decisions[tabling.decision].opens_table
        if table is None:
            continue
        key = recognised_as(referral.subject, referral.number), table
        closed_on = running.get(key)
        if key in running and (closed_on is None or closed_on > tabling.on):
            continue
        running[key] = closed_on = closings.pop((referral.number, table))
        if closed_on is None or closed_on.year >= year:
            rows[place][_columns(script)[script.house.tables[table].figure]] += 1
    assert not closings, "table cases that no decision opens"
    for row in rows.values():
        row["total"] = sum(row[column] for column in _columns(script).values())
    return rows


def _columns(script: Script) -> dict[str, str]:
    """The column of the briefing, and of each figure that counts table cases."""
    return {"briefing": "briefing", **script.house.columns}


def published(year: Any) -> dict[str, Any]:
    """The figures of a year in the shape of `counted`."""
    return {
        "weighed_referrals": year.weighed_referrals,
        "decisions": _nonzero(year.decisions),
        "age_class": _nonzero(year.age_class),
        "sex": _nonzero(year.sex),
        "unique_subjects": year.unique_subjects,
        "subjects_seen_n_times": _nonzero(year.subjects_seen_n_times),
        "under_treatment": _nonzero(year.under_treatment),
        "by_municipality": {
            row.municipality: dict(row.counts) for row in year.by_municipality if any(row.counts.values())
        },
    }


def _nonzero(counts: Any) -> dict[str, int]:
    return {key: count for key, count in counts.items() if count}
