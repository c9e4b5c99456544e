"""What happens to the cases at the tables: session, plan, monitoring, closing."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from replay.house import House, Moment
from replay.published import OUTCOMES, Year
from replay.script import Check, Referral, TableCase

FOCUS = "focus_or_top60"
DAYS_TO_SESSION = 7
MEAN_DAYS = 245
"""Cases take about eight months."""
DAYS_WITHIN_AIM = 150
SHARE_WITHIN_AIM = 6
"""One in so many is closed within the six months that are the aim."""
CLOSED_OF_TEN = 6
"""Of ten cases of whose closing nothing is published, so many are closed within the year."""


@dataclass(frozen=True)
class _Opening:
    """One subject at one table: the decision that opens the case, and the day of the last one that finds it running."""

    table: str
    referral: Referral
    opened_on: date
    referred_until: date


def casework(referrals: Sequence[Referral], house: House, year: Year, random: Random) -> list[TableCase]:
    """Every table case, in the order in which they are opened."""
    openings = sorted(_openings(referrals, house), key=lambda each: (each.opened_on, each.referral.number))
    cases = [_case(opening, house, random) for opening in openings]
    scored = [at for at, case in enumerate(cases) if house.tables[case.table].figure == FOCUS]
    others = [at for at in range(len(cases)) if at not in set(scored)]
    published = year.focus_outcomes.get("closed_cases_scored", len(scored) * CLOSED_OF_TEN // 10)
    _close(cases, openings, others, len(others) * CLOSED_OF_TEN // 10, house, year)
    closed = _close(cases, openings, scored, published, house, year)
    for at, outcome in zip(closed, _outcomes(year, len(closed)), strict=True):
        cases[at] = replace(cases[at], outcome=outcome)
    return [replace(case, checks=tuple(_checks(case, house, year, random))) for case in cases]


def _openings(referrals: Iterable[Referral], house: House) -> Iterator[_Opening]:
    brought = defaultdict(list)
    for referral in referrals:
        for tabling in referral.tablings:
            if table := house.decisions[tabling.decision].opens_table:
                brought[id(referral.subject), table].append((tabling.on, referral.number, referral))
    for (_, table), decided in brought.items():
        first, last = min(decided)[0], max(decided)[0]
        yield _Opening(table, min(decided)[2], first, last)


def _case(opening: _Opening, house: House, random: Random) -> TableCase:
    place = house.places[opening.referral.subject.place]
    some = random.sample(house.life_domains, random.randint(1, min(3, len(house.life_domains))))
    return TableCase(
        referral=opening.referral.number,
        table=opening.table,
        sub_region=place.sub_region,
        opened_on=opening.opened_on,
        session_on=opening.opened_on + timedelta(days=DAYS_TO_SESSION),
        case_holder=place.contact or opening.referral.partner,
        domains=tuple(sorted(some)),
    )


def _close(
    cases: list[TableCase], openings: list[_Opening], which: list[int], count: int, house: House, year: Year
) -> list[int]:
    """Close that many, the oldest first, while they can be closed within the year; gives those that were."""
    closed: list[int] = []
    for at in which:
        if len(closed) == count:
            break
        if closed_on := _closing_day(cases[at], openings[at].referred_until, len(closed), year.year):
            last_moment = max(moment_after(cases[at].session_on, moment) for moment in house.monitoring_moments)
            cases[at] = replace(cases[at], closed_on=closed_on, runs_on=closed_on > last_moment)
            closed.append(at)
    return closed


def _closing_day(case: TableCase, referred_until: date, nth: int, year: int) -> date | None:
    """Within the year, when the plan has stood a while and the last decision for the table is taken."""
    earliest = max(case.session_on + timedelta(weeks=2), referred_until + timedelta(weeks=2), date(year, 1, 8))
    latest = date(year, 12, 20)
    days = DAYS_WITHIN_AIM if nth % SHARE_WITHIN_AIM == 0 else MEAN_DAYS
    return max(earliest, min(case.opened_on + timedelta(days=days), latest)) if earliest <= latest else None


def _outcomes(year: Year, closed: int) -> list[frozenset[str]]:
    """What is scored yes in each case: the published counts, spread over the cases."""
    scored: list[set[str]] = [set() for _ in range(closed)]
    start = 0
    for outcome in OUTCOMES:
        count = min(year.focus_outcomes.get(outcome, closed // 2), closed)
        for at in range(start, start + count):
            scored[at % closed].add(outcome)
        start += count
    return [frozenset(each) for each in scored]


def _checks(case: TableCase, house: House, year: Year, random: Random) -> Iterator[Check]:
    """The monitoring moments that come while the case runs, within the year."""
    until = case.closed_on or date(year.year, 12, 31)
    for moment in house.monitoring_moments:
        due_on = moment_after(case.session_on, moment)
        if due_on <= until:
            yield Check(code=moment.code, on=due_on, plan_stands=random.random() < 0.8)


def moment_after(agreed_on: date, moment: Moment) -> date:
    """When a plan's monitoring moment comes."""
    return months_after(agreed_on, moment.months) + timedelta(weeks=moment.weeks)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
