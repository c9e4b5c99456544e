"""What happens to the cases at the tables: session, plan, monitoring, closing."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from replay.house import House, Moment
from replay.published import SCORED, Year
from replay.script import Check, Referral, TableCase
from shared.working_days import next_working_day

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
    scored = [at for at, case in enumerate(cases) if case.table in house.scored]
    others = [at for at in range(len(cases)) if at not in set(scored)]
    _close(cases, openings, others, len(others) * CLOSED_OF_TEN // 10, house, year)
    closed = _close_scored(cases, openings, scored, house, year)
    outcomes = _outcomes([cases[at].table for at in closed], house, year)
    for at, outcome in zip(closed, outcomes, strict=True):
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
        session_on=next_working_day(opening.opened_on + timedelta(days=DAYS_TO_SESSION)),
        case_holder=place.contact or opening.referral.partner,
        referrer=opening.referral.partner,
        domains=tuple(sorted(some)),
    )


def _close(
    cases: list[TableCase],
    openings: list[_Opening],
    which: list[int],
    count: int,
    house: House,
    year: Year,
    already: int = 0,
) -> list[int]:
    """Close that many, the oldest first, while they can be closed within the year; gives those that were.

    already: how many were closed before.
    """
    closed: list[int] = []
    for at in which:
        if len(closed) == count:
            break
        if closed_on := _closing_day(cases[at], openings[at].referred_until, already + len(closed), year.year):
            runs_on = closed_on > _last_moment(cases[at], house)
            cases[at] = replace(cases[at], closed_on=closed_on, runs_on=runs_on)
            closed.append(at)
    return closed


def _last_moment(case: TableCase, house: House) -> date:
    """The last monitoring moment of a case's plan; at a table that is not monitored there is none."""
    if not house.tables[case.table].monitored:
        return date.max
    return max(moment_after(case.session_on, moment) for moment in house.monitoring_moments)


def _close_scored(
    cases: list[TableCase], openings: list[_Opening], scored: list[int], house: House, year: Year
) -> list[int]:
    """Close as many cases of scored tables as published, first of all enough for the answers to each question."""
    count = year.focus_outcomes.get(SCORED, len(scored) * CLOSED_OF_TEN // 10)
    answers = {question: year.focus_outcomes.get(question, 0) for question in house.questions}
    closed: list[int] = []
    for question in sorted(answers, key=lambda code: -answers[code]):
        asked = [at for at in scored if question in house.tables[cases[at].table].scored_on]
        lacking = min(answers[question] - len(set(asked) & set(closed)), count - len(closed))
        left = [at for at in asked if at not in closed]
        closed += _close(cases, openings, left, max(lacking, 0), house, year, len(closed))
    left = [at for at in scored if at not in closed]
    return closed + _close(cases, openings, left, count - len(closed), house, year, len(closed))


def _closing_day(case: TableCase, referred_until: date, nth: int, year: int) -> date | None:
    """Within the year, when the plan has stood a while and the last decision for the table is taken."""
    earliest = max(case.session_on + timedelta(weeks=2), referred_until + timedelta(weeks=2), date(year, 1, 8))
    latest = date(year, 12, 20)
    days = DAYS_WITHIN_AIM if nth % SHARE_WITHIN_AIM == 0 else MEAN_DAYS
    return max(earliest, min(case.opened_on + timedelta(days=days), latest)) if earliest <= latest else None


def _outcomes(tables: Sequence[str], house: House, year: Year) -> list[frozenset[str]]:
    """The questions to which the answer is yes in each closed case: the published counts, spread over the cases.

    tables: of the cases.
    """
    scored: list[set[str]] = [set() for _ in tables]
    start = 0
    for question in house.questions:
        asked = [at for at, table in enumerate(tables) if question in house.tables[table].scored_on]
        count = min(year.focus_outcomes.get(question, len(asked) // 2), len(asked))
        for at in range(start, start + count):
            scored[asked[at % len(asked)]].add(question)
        start += count
    return [frozenset(questions) for questions in scored]


def _checks(case: TableCase, house: House, year: Year, random: Random) -> Iterator[Check]:
    """The monitoring moments that come while the case runs, within the year."""
    until = case.closed_on or date(year.year, 12, 31)
    for moment in house.monitoring_moments if house.tables[case.table].monitored else ():
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
