"""From the published figures of a year to the script that plays it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from replay import briefings
from replay.casework import casework
from replay.contradictions import reconcile
from replay.decisions import Decisions, people_at_tables
from replay.fund import fund_year
from replay.house import DecisionRule, House
from replay.people import People
from replay.placing import Placing, place_people
from replay.published import TABLE_COLUMNS, Year
from replay.referrals import Referrals
from replay.script import CannotPlan, Referral, Script, Subject, Tabling, WrongMessage

WRONG_MESSAGES = (
    "not JSON",
    "no CloudEvent",
    "unknown type",
    "missing field",
    "unknown field",
    "BSN that fails its test",
    "unknown municipality",
    "date in the future",
    "another partner's name",
    "too large",
    "too deep",
)
OWN_AFTERCARE_NOTICES = 6
SEALED_REFERRALS = 4
SEEN_BEFORE = 8
"""One in so many people at a table is there from the year before."""


def plan(published: Year, house: House) -> Script:
    """The whole script, the same each time for the same figures and profile; raises CannotPlan."""
    _check(published, house)
    year, contradictions = reconcile(published)
    random = Random(f"{year.house} {year.year}")  # noqa: S311
    placing = place_people(year, house, random)
    decisions = Decisions(placing, random)
    shortfalls = placing.shortfalls + decisions.decide(year)
    author = _Author(year, house, random)
    referrals = _numbered(author.write(placing, decisions.figures))
    return Script(
        house=house,
        year=year,
        referrals=referrals,
        table_cases=tuple(casework(referrals, house, year, random)),
        wrong_messages=tuple(_wrong_messages(year, referrals)),
        fund_year=fund_year(year, house, referrals),
        contradictions=contradictions,
        shortfalls=tuple(shortfalls),
    )


def _check(published: Year, house: House) -> None:
    unknown = [row.municipality for row in published.by_municipality if row.municipality not in house.places]
    if unknown:
        raise CannotPlan(f"by_municipality: {', '.join(unknown)} not in the profile of {house.house}")
    figures = {rule.figure for rule in house.decisions.values()}
    if strange := [figure for figure, count in published.decisions.items() if count and figure not in figures]:
        raise CannotPlan(f"decisions: {', '.join(strange)} is the figure of no decision of {house.house}")


def _numbered(referrals: Iterable[Referral]) -> tuple[Referral, ...]:
    in_order = sorted(referrals, key=lambda each: each.received_on)
    return tuple(replace(each, number=number) for number, each in enumerate(in_order, start=1))


def _wrong_messages(year: Year, referrals: Sequence[Referral]) -> Iterator[WrongMessage]:
    """One of each kind, spread over the year, from whoever brings the first referral."""
    for month, wrong in enumerate(WRONG_MESSAGES if referrals else (), start=1):
        yield WrongMessage(wrong=wrong, partner=referrals[0].partner, on=date(year.year, month, 10))


class _Author:
    """Writes what happens to everybody."""

    def __init__(self, year: Year, house: House, random: Random) -> None:
        self._year = year
        self._house = house
        self._random = random
        reference_day = date.fromisoformat(f"{year.year}-{house.reference_day}")
        self._people = People(reference_day, random)
        self._referrals = Referrals(house, random)
        self._new_year = date(year.year, 1, 1)
        self._days = {
            name: briefings.of_year(weekday, year.year, house.answer_days) for name, weekday in house.weekdays.items()
        }
        self._days_before = {
            name: briefings.at_end_of(weekday, year.year - 1) for name, weekday in house.weekdays.items()
        }

    def write(self, placing: Placing, figures: list[list[str | None]]) -> Iterator[Referral]:
        yield from self._weighed(placing, figures)
        yield from self._carried_over_cases(placing, figures)
        yield from self._not_weighed()

    def _weighed(self, placing: Placing, figures: list[list[str | None]]) -> Iterator[Referral]:
        """The referrals of the year, and the tablings that places have beyond one for each of these."""
        extra = dict(placing.extra_tablings)
        again = {place: count // 2 for place, count in extra.items()}
        for person, theirs in zip(placing.people, figures, strict=True):
            nameless = person.referrals > 1 and person.age_class == "unknown"
            subject = self._subject(person.place, person.sex, person.age_class, has_number=nameless)
            rules = {table: self._rule(table, person.place) for table in TABLE_COLUMNS if table in theirs}
            for figure in theirs:
                assert figure
                deferred = again[person.place] > 0 and self._random.random() < 0.5
                again[person.place] -= deferred
                extra[person.place] -= deferred
                rule = rules.get(figure) or self._rule(figure, person.place)
                yield self._referrals.on(subject, self._tablings(subject, rule, deferred), earliest=self._new_year)
            for rule in rules.values():
                if self._random.randrange(SEEN_BEFORE) == 0 and subject.is_recognised:
                    yield self._carried_over_case(subject, rule)
        for place, count in extra.items():
            for _ in range(count):
                yield self._deferred_before(place)

    def _carried_over_cases(self, placing: Placing, figures: list[list[str | None]]) -> Iterator[Referral]:
        """Cases that are at a table from the year before, of people who are not weighed in this one."""
        decided = people_at_tables(placing, figures)
        for row in self._year.by_municipality:
            for table in TABLE_COLUMNS:
                for _ in range(row.cases(table) - decided.get((row.municipality, table), 0)):
                    subject = self._anybody(row.municipality, "23_and_over")
                    yield self._carried_over_case(subject, self._rule(table, row.municipality))

    def _carried_over_case(self, subject: Subject, rule: DecisionRule) -> Referral:
        day = self._random.choice(self._days_before[self._sub_region(subject)])
        return self._referrals.on(subject, [self._final(day, rule)])

    def _deferred_before(self, place: str) -> Referral:
        """A referral that was deferred in the year before, and is tabled again in this one."""
        subject = self._anybody(place)
        sub_region = self._sub_region(subject)
        first = self._random.choice(self._days_before[sub_region])
        second = self._random.choice(self._days[sub_region][:8])
        figures = {rule.figure for rule in self._house.decisions.values() if rule.opens_table is None}
        usual = sorted(figures, key=lambda each: (-self._year.decisions.get(each, 0), each))
        figure = self._random.choice(usual[:2])
        return self._referrals.on(
            subject, [self._deferred(first, second), self._final(second, self._rule(figure, place))]
        )

    def _not_weighed(self) -> Iterator[Referral]:
        """Detention notices of places that do their own aftercare, and referrals of a sealed theme."""
        for place in self._house.places.values():
            for _ in range(OWN_AFTERCARE_NOTICES * place.own_aftercare):
                yield self._referrals.notice(self._anybody(place.name, "23_and_over"), self._any_day())
        for theme in self._house.sealed_themes:
            for _ in range(SEALED_REFERRALS):
                home = self._random.choice([row.municipality for row in self._year.by_municipality])
                yield self._referrals.sealed(self._anybody(home), self._any_day(), theme)

    def _tablings(self, subject: Subject, rule: DecisionRule, deferred: bool) -> list[Tabling]:
        days = self._days[self._sub_region(subject)]
        if not deferred:
            return [self._final(self._random.choice(days), rule)]
        first = self._random.randrange(len(days) - 1)
        second = min(first + self._random.randint(1, 6), len(days) - 1)
        return [self._deferred(days[first], days[second]), self._final(days[second], rule)]

    def _final(self, day: date, rule: DecisionRule) -> Tabling:
        reasons = [each.code for each in self._house.reasons if not each.comes_back]
        return Tabling(on=day, decision=rule.code, reason=self._random.choice(reasons) if rule.needs_reason else None)

    def _deferred(self, day: date, back_on: date) -> Tabling:
        reason = next((each.code for each in self._house.reasons if each.comes_back), None)
        if reason is None:
            raise CannotPlan(f"under_treatment.briefing: {self._house.house} has no reason that brings a referral back")
        return Tabling(on=day, decision=self._deferral().code, reason=reason, comes_back_on=back_on)

    def _deferral(self) -> DecisionRule:
        return next(rule for rule in self._house.decisions.values() if rule.needs_reason)

    def _rule(self, figure: str, place: str) -> DecisionRule:
        return self._random.choice(self._house.decisions_for(figure, place))

    def _anybody(self, place: str, age_class: str | None = None) -> Subject:
        sex = self._random.choice(("man", "man", "man", "woman"))
        return self._subject(place, sex, age_class or self._random.choice(("18_to_23", "23_and_over")))

    def _subject(self, place: str, sex: str, age_class: str, *, has_number: bool = False) -> Subject:
        registered = has_number or self._house.places[place].registered
        return self._people.make(place, sex, age_class, registered=registered)

    def _sub_region(self, subject: Subject) -> str:
        return self._house.places[subject.place].sub_region

    def _any_day(self) -> date:
        return self._new_year + timedelta(days=self._random.randrange(340))
