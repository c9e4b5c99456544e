"""Who a round is about: people of its own with one to three referrals each, the same each time but for the year."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from replay.briefings import next_briefing
from replay.house import House
from replay.people import test_numbers
from replay.referrals import SENT_AS
from replay.script import Detention, Referral, Subject, Tabling

LAST_YEAR = 2024
MOST_ROUNDS, MOST_PEOPLE = 100, 500
FUND, LINE, ADVANCES = "proof", "help", "advances"
"""The fund that pays for what is done for people, its line for trajectories, and the one for advances."""
SENDERS = (
    ("nationale-politie", "arrest_notice"),
    ("dji", "detention_notice"),
    ("gemeente-gouda", "current_referral"),
    ("reclassering-nederland", "current_referral"),
)
DECISIONS = ("focus", "no_follow_up", "aftercare", "deferred", "bilateral", "top60")
CALLED, LAST = 5, 9
"""About one in so many people there is a call too, which is the last of their referrals."""
UNREGISTERED, THEME, SEALED_ON = "Geen GBA", "radicalisation", date(LAST_YEAR + 1, 6, 2)
"""Nobody of a round's year sees what is sealed."""
SEXES = ("man", "woman", "man", "unknown")
AGES = (16, 20, 35, 50)
TABLED_AFTER, DEFERRED_FOR, TABLED_AGAIN_AFTER = timedelta(days=14), timedelta(days=7), timedelta(days=42)


@dataclass(frozen=True)
class Person:
    """Somebody whose referrals all come from one partner. sent_twice: the first of them, as after a lost receipt.

    called: one more that comes by phone, when all else is done. listed_with: whom nobody knows, and who is then on a
    list of suspects beside this person.
    """

    number: int
    referrals: tuple[Referral, ...]
    sent_twice: bool
    called: Referral | None
    listed_with: Subject | None = None

    @property
    def is_family(self) -> bool:
        return _is_family(self.number)


def cast(house: House, round: int) -> list[Person]:
    """The people of a round. Of fewer than MOST_ROUNDS no two share a year, and none a person.

    First come those who bring something that nobody brings before them: few people show all there is.
    """
    numbers = islice(test_numbers(0), round * MOST_PEOPLE, (round + 1) * MOST_PEOPLE)
    everybody = [_person(house, year_of(round), index, bsn) for index, bsn in enumerate(numbers)]
    seen: set[Hashable] = set()
    return sorted(everybody, key=lambda person: not _is_new(set(brought(person, house)), seen))


def brought(person: Person, house: House) -> Iterator[Hashable]:
    """What somebody brings that another may not: who sends what, who is asked, and what comes of it."""
    yield person.referrals[0].kind, person.sent_twice
    yield bool(person.called)
    for nth, referral in enumerate(person.referrals):
        asked = house.places[referral.subject.place].contact
        yield asked and house.partners[asked].may_get
        yield referral.partner, nth
        yield referral.kind, referral.detention and referral.detention.bottlenecks
        yield referral.kind, person.is_family, tuple((each.decision, each.corrects) for each in referral.tablings)


def _is_new(brings: set[Hashable], seen: set[Hashable]) -> bool:
    is_new = not brings <= seen
    seen |= brings
    return is_new


def year_of(round: int) -> int:
    """The year in which a round plays."""
    return LAST_YEAR - round


def _person(house: House, year: int, index: int, bsn: str) -> Person:
    partner, kind = SENDERS[index % len(SENDERS)]
    referrals = 1 if _is_family(index) else 1 + index % 3
    subject = _subject(_place(house, index, referrals), year, index, bsn)
    made = (_referral(house, subject, partner, kind, year, index, nth) for nth in range(referrals))
    called = _call(house, subject, partner, year, index) if index % CALLED == 1 and not _is_family(index) else None
    return Person(number=index, referrals=tuple(made), sent_twice=index % 5 == 0, called=called)


def _call(house: House, subject: Subject, partner: str, year: int, index: int) -> Referral:
    referral = _referral(house, subject, partner, "current_referral", year, index, LAST)
    tablings = tuple(_tablings(house, subject.place, referral.received_on, "no_follow_up"))
    return replace(referral, channel="phone", tablings=tablings)


def _place(house: House, index: int, referrals: int) -> str:
    """A place from where the tables take cases that this person's decisions open."""
    taken = {_decision(index, nth) for nth in range(referrals)}
    tables = [
        house.tables[rule.opens_table] for rule in house.decisions.values() if rule.code in taken and rule.opens_table
    ]
    places = [place for place in house.places if all(table.takes_from(place) for table in tables)]
    return places[index % len(places)]


def _decision(index: int, nth: int) -> str:
    """What is decided on somebody's nth referral. No minor and no family comes to the aftercare table."""
    decision = DECISIONS[(index + nth) % len(DECISIONS)]
    return "focus" if decision == "aftercare" and (_is_family(index) or _age(index) < 18) else decision


IN_LETTERS = str.maketrans("0123456789", "abcdefghij")
"""A BSN as part of a name: a name holds no BSN."""


def _is_family(index: int) -> bool:
    return index % 8 == 7


def _age(index: int) -> int:
    return AGES[index % len(AGES)]


def _subject(place: str, year: int, index: int, bsn: str) -> Subject:
    if _is_family(index):
        return Subject(
            place=place, sex="family", age_class="unknown", family_name=f"Familie {bsn.translate(IN_LETTERS)}"
        )
    return Subject(
        place=place,
        sex=SEXES[index % len(SEXES)],
        age_class="unknown",
        family_name=f"Proef {bsn.translate(IN_LETTERS)}",
        given_names="Test",
        bsn=bsn,
        birth_date=date(year - _age(index), 6, 1),
    )


def _first_monday(year: int) -> date:
    """The first Monday from 15 June on: from there to Christmas all years have the same weekdays, and no holiday."""
    start = date(year, 6, 15)
    return start + timedelta(days=-start.weekday() % 7)


def _referral(house: House, subject: Subject, partner: str, kind: str, year: int, index: int, nth: int) -> Referral:
    received_on = _first_monday(year) + timedelta(days=index % 28 + nth)
    detention = kind == "detention_notice"
    weighed = house.weighed(kind, subject.place) != "never"
    return Referral(
        number=10 * index + nth,
        subject=subject,
        kind=kind,
        partner=partner,
        received_on=received_on,
        text="Een zorg die alleen in proeven bestaat.",
        tablings=tuple(_tablings(house, subject.place, received_on, _decision(index, nth))) if weighed else (),
        detention=_detention(received_on, nth) if detention else None,
    )


def _tablings(house: House, place: str, received_on: date, decision: str) -> Iterator[Tabling]:
    sub_region = house.places[place].sub_region
    first = next_briefing(house, sub_region, received_on + TABLED_AFTER)
    if decision == "deferred":
        again = next_briefing(house, sub_region, received_on + TABLED_AGAIN_AFTER)
        yield Tabling(on=first, decision="no_follow_up", reason="deferred", comes_back_on=first + DEFERRED_FOR)
        yield Tabling(on=again, decision="no_follow_up", reason="informed")
    else:
        informed = decision == "no_follow_up"
        reason, wrong = ("informed", "bilateral") if informed else (None, None)
        yield Tabling(on=first, decision=decision, reason=reason, corrects=wrong)


def _detention(received_on: date, nth: int) -> Detention:
    """A person's detentions don't overlap: notices of days that overlap are of one detention."""
    detained_on = received_on - timedelta(days=120 * nth)
    return Detention(
        institution="PI Alphen",
        detained_on=detained_on,
        expected_release_on=detained_on + timedelta(days=60),
        release_changes_on=received_on + timedelta(days=10),
        released_on=detained_on + timedelta(days=90),
        plan_on=received_on + timedelta(days=20),
        bottlenecks=("identity",) if nth else (),
    )


def sealed_referral(person: Person, *, later: bool) -> Referral:
    """What somebody brings about this person who lives where nobody is asked. later: it names no theme."""
    [of_theirs, *_] = person.referrals
    subject = replace(of_theirs.subject, place=UNREGISTERED)
    at_first = replace(of_theirs, subject=subject, partner=SENDERS[-1][0], kind=SENDERS[-1][1], received_on=SEALED_ON)
    return replace(at_first, theme=THEME, sealed_on=SEALED_ON if later else None, detention=None, tablings=())


def sent_as(referral: Referral) -> str:
    """The short type of the message that brings it."""
    return SENT_AS[referral.kind]
