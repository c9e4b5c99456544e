"""From the published figures of a year to the script that plays it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from replay import besides, briefings
from replay.casework import casework
from replay.contradictions import reconcile
from replay.decisions import Decisions, people_decided_on
from replay.fund import fund_year
from replay.house import DecisionRule, House
from replay.people import People
from replay.placing import Placing, place_people
from replay.published import BRIEFING, SCORED, TOTAL, Row, Year
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
NOT_WEIGHED = 6
"""Referrals of each kind that is not weighed, from each place where it is not."""
NOT_WORRYING = 4
"""Referrals that are weighed only if they are worrying, and are not."""
SEALED_REFERRALS = 4
SEALED_LATER = 2
"""Of each theme; one of the first is unsealed."""
WITHDRAWN = 6
"""Referrals that their senders withdraw."""
SEEN_BEFORE = 8
"""One in so many people at a table is there from the year before."""
OPEN_TO_NOBODY = "the column of no table that takes cases from there"
LIKELIEST_AGES = ("23_and_over", "18_to_23", "under_18", "unknown")
"""Of those who are at a table from the year before: the first that the table takes."""


def plan(published: Year, house: House) -> Script:
    """The whole script, the same each time for the same figures and profile; raises CannotPlan."""
    _check(published, house)
    year, contradictions = reconcile(published, house)
    random = Random(f"{year.house} {year.year}")  # noqa: S311
    placing = place_people(year, house, random)
    decisions = Decisions(placing, house, random)
    shortfalls = placing.shortfalls + decisions.decide(year)
    author = _Author(year, house, random)
    referrals = _numbered(author.write(placing, decisions.figures))
    referrals = tuple(besides.by_phone_or_mail(besides.with_corrections(referrals, house, random), random))
    referrals = tuple(besides.of_other_kinds(referrals, house))
    cases = tuple(besides.with_advices(casework(referrals, house, year, random), referrals, house, year.year))
    return Script(
        house=house,
        year=year,
        referrals=referrals,
        table_cases=cases,
        wrong_messages=tuple(_wrong_messages(year, referrals)),
        calls=tuple(besides.calls(house, year.year, random)),
        doubles=tuple(besides.doubles(referrals, random)),
        suspect_lists=tuple(besides.suspect_lists(referrals, house, year.year, author.stranger)),
        bij_questions=tuple(besides.bij_questions(house, year.year, author.stranger)),
        discussions=tuple(besides.discussions(cases, referrals, house, year.year, author.stranger)),
        fund_year=fund_year(year, house, referrals),
        contradictions=contradictions,
        shortfalls=tuple(shortfalls),
    )


def _check(published: Year, house: House) -> None:
    """Raises CannotPlan with the first thing of which the figures speak and that the profile does not have."""
    if wrong := next(_misfits(published, house), None):
        raise CannotPlan(wrong)


def _misfits(published: Year, house: House) -> Iterator[str]:
    if unknown := [row.municipality for row in published.by_municipality if row.municipality not in house.places]:
        yield f"by_municipality: {', '.join(unknown)} not in the profile of {house.house}"
    if not house.without_table:
        yield f"decisions: {house.house} has none that brings a case to no table"
    for rule in house.decisions.values():
        if rule.opens_table and house.tables[rule.opens_table].figure != rule.figure:
            yield f"decisions: {rule.code} is not counted by the figure of the table that it opens"
    decided = {rule.figure for rule in house.decisions.values() if rule.opens_table or rule in house.without_table}
    treated, scored = {BRIEFING, *house.columns, TOTAL}, {*house.questions, SCORED}
    yield from _strange("decisions", published.decisions, decided, f"the figure of no decision of {house.house}")
    yield from _strange(
        "under_treatment", published.under_treatment, treated, f"the figure of no table of {house.house}"
    )
    yield from _strange("focus_outcomes", published.focus_outcomes, scored, f"asked at no table of {house.house}")
    for row in published.by_municipality:
        yield from _strange(
            f"by_municipality.{row.municipality}", row.counts, _open_columns(row, house), OPEN_TO_NOBODY
        )


def _strange(key: str, counts: Mapping[str, int], known: Set[str], told: str) -> Iterator[str]:
    if strange := [name for name, count in counts.items() if count and name not in known]:
        yield f"{key}: {', '.join(strange)} is {told}"


def _open_columns(row: Row, house: House) -> set[str]:
    """The columns that can count somebody who lives there."""
    figures = (figure for figure in house.columns if house.takes_from(figure, row.municipality))
    return {BRIEFING, *(house.columns[figure] for figure in figures), TOTAL}


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
        self._days = {name: briefings.of_year(house, name, year.year) for name in house.weekdays}
        self._days_before = {name: briefings.at_end_of(house, name, year.year - 1) for name in house.weekdays}

    def write(self, placing: Placing, figures: list[list[str | None]]) -> Iterator[Referral]:
        weighed = list(self._weighed(placing, figures))
        yield from weighed
        yield from self._withdrawn(weighed)
        yield from self._carried_over_cases(placing, figures)
        yield from self._not_weighed()
        yield from self._not_worrying()
        yield from self._sealed()

    def stranger(self) -> Subject:
        """Somebody of whom the house has never heard."""
        return self._anybody(self._any_home())

    def _weighed(self, placing: Placing, figures: list[list[str | None]]) -> Iterator[Referral]:
        """The referrals of the year, and the tablings that places have beyond one for each of these."""
        extra = dict(placing.extra_tablings)
        again = {place: count // 2 for place, count in extra.items()}
        for person, theirs in zip(placing.people, figures, strict=True):
            nameless = person.referrals > 1 and person.age_class == "unknown"
            subject = self._subject(person.place, person.sex, person.age_class, has_number=nameless)
            rules = {figure: self._rule(figure, subject) for figure in self._house.columns if figure in theirs}
            for figure in theirs:
                assert figure
                deferred = again[person.place] > 0 and self._random.random() < 0.5
                again[person.place] -= deferred
                extra[person.place] -= deferred
                rule = rules.get(figure) or self._rule(figure, subject)
                yield self._referrals.on(subject, self._tablings(subject, rule, deferred), earliest=self._new_year)
            for rule in rules.values():
                seen_before = self._random.randrange(SEEN_BEFORE) == 0 and subject.is_recognised
                if seen_before and self._took_before(rule, subject):
                    yield self._carried_over_case(subject, rule)
        for place, count in extra.items():
            for _ in range(count):
                yield self._deferred_before(place)

    def _carried_over_cases(self, placing: Placing, figures: list[list[str | None]]) -> Iterator[Referral]:
        """Cases that are at a table from the year before, of people who are not weighed in this one."""
        decided = people_decided_on(placing, figures)
        for row in self._year.by_municipality:
            for figure, column in self._house.columns.items():
                for _ in range(row.cases(column) - decided.get((row.municipality, figure), 0)):
                    yield self._case_from_before(figure, row.municipality)

    def _case_from_before(self, figure: str, place: str) -> Referral:
        """Of somebody whom a table took in the year before, at the age of then."""
        age_class = next(age for age in LIKELIEST_AGES if self._house.decisions_for(figure, place, age))
        while True:
            subject = self._anybody(place, age_class)
            rule = self._rule(figure, subject)
            if self._took_before(rule, subject):
                return self._carried_over_case(subject, rule)

    def _carried_over_case(self, subject: Subject, rule: DecisionRule) -> Referral:
        day = self._random.choice(self._days_before[self._sub_region(subject)])
        return self._referrals.on(subject, [self._final(day, rule)])

    def _deferred_before(self, place: str) -> Referral:
        """A referral that was deferred in the year before, and is tabled again in this one."""
        subject = self._anybody(place)
        sub_region = self._sub_region(subject)
        first = self._random.choice(self._days_before[sub_region])
        second = self._random.choice(self._days[sub_region][:8])
        figures = {rule.figure for rule in self._house.without_table}
        usual = sorted(figures, key=lambda each: (-self._year.decisions.get(each, 0), each))
        figure = self._random.choice(usual[:2])
        return self._referrals.on(
            subject, [self._deferred(first, second), self._final(second, self._rule(figure, subject))]
        )

    def _not_weighed(self) -> Iterator[Referral]:
        """Referrals of a kind that is not weighed where the person lives."""
        for place in self._house.places.values():
            for kind in self._referrals.not_weighed(place):
                for _ in range(NOT_WEIGHED):
                    subject = self._anybody(place.name, "23_and_over")
                    yield self._referrals.registered(kind, subject, self._any_day())

    def _not_worrying(self) -> Iterator[Referral]:
        """Referrals of which nobody is worried."""
        kinds = [
            (place.name, kind) for place in self._house.places.values() for kind in self._referrals.held_back(place)
        ]
        for place, kind in self._random.sample(kinds, min(NOT_WORRYING, len(kinds))):
            subject = self._anybody(place, "23_and_over")
            yield replace(self._referrals.registered(kind, subject, self._any_day()), held_back=True)

    def _sealed(self) -> Iterator[Referral]:
        """Referrals of a sealed theme: some are sealed by their senders, one of them by mistake, and some later."""
        for theme in self._house.sealed_themes:
            for number in range(SEALED_REFERRALS):
                sealed = self._referrals.sealed(self.stranger(), self._any_day(), theme)
                yield replace(sealed, unsealed=number == 0)
            for _ in range(SEALED_LATER):
                if referral := self._referrals.taken_away(self.stranger(), self._any_day(), theme):
                    yield referral

    def _withdrawn(self, weighed: Sequence[Referral]) -> Iterator[Referral]:
        """Referrals on doubles of people who are weighed too, each of another."""
        people = (each.subject for each in weighed if besides.has_doubles(each.subject))
        doubles = list(dict.fromkeys(map(besides.double_of, people)))
        for double in self._random.sample(doubles, min(WITHDRAWN, len(doubles))):
            if referral := self._referrals.taken_away(double, self._any_day()):
                yield referral

    def _tablings(self, subject: Subject, rule: DecisionRule, deferred: bool) -> list[Tabling]:
        days = self._days[self._sub_region(subject)]
        if not deferred:
            return [self._final(self._random.choice(days), rule)]
        first = self._random.randrange(len(days) - 1)
        second = min(first + self._random.randint(1, 6), len(days) - 1)
        return [self._deferred(days[first], days[second]), self._final(days[second], rule)]

    def _final(self, day: date, rule: DecisionRule) -> Tabling:
        reasons = [each.code for each in self._house.reasons if not each.comes_back]
        if rule.needs_reason and not reasons:
            raise CannotPlan(f"decisions: {self._house.house} has no reason for {rule.code} that ends the matter")
        return Tabling(on=day, decision=rule.code, reason=self._random.choice(reasons) if rule.needs_reason else None)

    def _deferred(self, day: date, back_on: date) -> Tabling:
        reason = next((each.code for each in self._house.reasons if each.comes_back), None)
        if reason is None or not self._house.fallback.needs_reason:
            raise CannotPlan(f"under_treatment.briefing: {self._house.house} has no reason that brings a referral back")
        return Tabling(on=day, decision=self._house.fallback.code, reason=reason, comes_back_on=back_on)

    def _rule(self, figure: str, subject: Subject) -> DecisionRule:
        return self._random.choice(self._decisions_for(figure, subject, subject.age_class))

    def _took_before(self, rule: DecisionRule, subject: Subject) -> bool:
        """Whether the table also takes somebody of the age of the year before."""
        age_class = self._people.age_class_before(subject)
        return rule in self._decisions_for(rule.figure, subject, age_class)

    def _decisions_for(self, figure: str, subject: Subject, age_class: str) -> list[DecisionRule]:
        return self._house.decisions_for(figure, subject.place, age_class, family=subject.is_family)

    def _anybody(self, place: str, age_class: str | None = None) -> Subject:
        sex = self._random.choice(("man", "man", "man", "woman"))
        return self._subject(place, sex, age_class or self._random.choice(("18_to_23", "23_and_over")))

    def _subject(self, place: str, sex: str, age_class: str, *, has_number: bool = False) -> Subject:
        registered = has_number or self._house.places[place].registered
        return self._people.make(place, sex, age_class, registered=registered)

    def _sub_region(self, subject: Subject) -> str:
        return self._house.places[subject.place].sub_region

    def _any_home(self) -> str:
        return self._random.choice([row.municipality for row in self._year.by_municipality])

    def _any_day(self) -> date:
        return self._new_year + timedelta(days=self._random.randrange(340))
