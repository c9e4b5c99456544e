"""What happens in a year besides its figures: calls, withdrawals, corrections, and two records of one person."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from replay.house import House
from replay.referrals import SENT_AS
from replay.script import BijQuestion, Call, Discussion, Double, Referral, Subject, SuspectList, TableCase, Tabling

T = TypeVar("T")
CHANNELS = ("phone", "phone", "mail")
SORTED_AS = ("consultation", "information_question", "contact_request", "rerouted", "duplicate")
CALLED_AGAIN, RECORDED_WRONG = 0.5, 0.03
"""How much of what could come by phone or mail does, and how many of the decisions are corrected."""
WRONG_MERGES = 2
OF_EACH_KIND, EVERY = 4, 5
"""How many referrals are of each other kind of the profile: at most every fifth."""
SUSPECTS, BIJ = "suspect-lists.submitted.v1", "bij-questions.submitted.v1"
ADVICE, ADVISED, ON_AGENDA = "zsm-advices.sent.v1", 3, 3
"""So many table cases are advised on; the prosecutor asks of these people, of strangers, and of some on an agenda."""
ASKED_IN = (2, 5, 10)
"""The months in which a municipality asks on a BIJ notice."""
LISTED_IN, LISTED = (3, 6, 9, 12), 2
"""The months in which there is a list of suspects, with so many people whom the house knows, and so many others."""


def by_phone_or_mail(referrals: Iterable[Referral], random: Random) -> Iterator[Referral]:
    """Current referrals on somebody whom the house knows by number: who calls is not asked for the sex."""
    known = set[str]()
    for referral in referrals:
        bsn = referral.subject.bsn or ""
        could = bsn in known and referral.kind == "current_referral" and referral.tablings
        known |= {bsn} - {""}
        yield (
            replace(referral, channel=random.choice(CHANNELS))
            if could and _by_chance(CALLED_AGAIN, random)
            else referral
        )


def of_other_kinds(referrals: Iterable[Referral], house: House) -> Iterator[Referral]:
    """Some current referrals that come by message are of the other kinds of the profile.

    Of a kind that is weighed only if it is worrying, every second one is held back, and worrying.
    """
    left = [kind for _ in range(OF_EACH_KIND) for kind in house.referral_kinds if kind.code not in SENT_AS]
    for referral in referrals:
        place, could = referral.subject.place, referral.number % EVERY == 0 and _is_plain(referral)
        if kind := next((each for each in left if could and each.treatment(place) != "never"), None):
            held_back = kind.treatment(place) == "if_worrying" and left.count(kind) % 2 == 0
            left.remove(kind)
            referral = replace(referral, kind=kind.code, held_back=held_back)
        yield referral


def _is_plain(referral: Referral) -> bool:
    return bool(referral.kind == "current_referral" and referral.tablings and not referral.channel)


def with_corrections(referrals: Sequence[Referral], house: House, random: Random) -> Iterator[Referral]:
    """The last decision on some referrals, which brings the case to no table, is recorded wrong first.

    Of somebody who comes to no table, the wrong one may open a table case, which is withdrawn again.
    """
    plain = [rule.code for rule in house.without_table if not (rule.needs_reason or rule.escalates)]
    treated = {each.subject for each in referrals if any(_opens_table(tabling, house) for tabling in each.tablings)}
    for referral in referrals:
        *before, last = referral.tablings or (None,)
        if last and not _opens_table(last, house) and _by_chance(RECORDED_WRONG, random):
            wrong = plain if referral.subject in treated else [*plain, *_opening(referral.subject, house)]
            if others := [code for code in wrong if code != last.decision]:
                referral = replace(referral, tablings=(*before, replace(last, corrects=random.choice(others))))
        yield referral


def _opens_table(tabling: Tabling, house: House) -> bool:
    return house.decisions[tabling.decision].opens_table is not None


def _opening(subject: Subject, house: House) -> list[str]:
    """The decisions that bring somebody to a table; of adults, whom it took a year before too."""
    if subject.age_class != "23_and_over":
        return []
    rules = (house.decisions_for(figure, subject.place, subject.age_class) for figure in house.columns)
    return [rule.code for each in rules for rule in each]


def calls(house: House, year: int, random: Random) -> Iterator[Call]:
    """Two of each sort, spread over the year. A duplicate follows another call of that day by that partner."""
    sorts = [sort for sort in SORTED_AS if sort != "rerouted" or house.destinations]
    for month, sorted_as in enumerate(sorts * 2, start=1):
        yield Call(
            on=date(year, month, 15),
            channel=random.choice(CHANNELS),
            partner=random.choice(list(house.partners)),
            sorted_as=sorted_as,
        )


def suspect_lists(
    referrals: Iterable[Referral], house: House, year: int, stranger: Callable[[], Subject]
) -> Iterator[SuspectList]:
    """Some of whom the house knows by number by then, and as many of whom it has never heard."""
    known = {each.subject: each.received_on for each in reversed([*referrals]) if each.tablings and each.subject.bsn}
    for sender in house.senders(SUSPECTS)[:1]:
        for on in (date(year, month, 20) for month in LISTED_IN):
            suspects = [subject for subject, since in known.items() if since < on][:LISTED]
            suspects += [stranger() for _ in range(LISTED)]
            yield SuspectList(on=on, partner=sender, suspects=tuple(suspects))


def prosecutor(house: House) -> str | None:
    """The partner that lists suspects and gets ZSM advices."""
    return next((id for id in house.senders(SUSPECTS) if ADVICE in house.partners[id].may_get), None)


def with_advices(
    cases: Sequence[TableCase], referrals: Iterable[Referral], house: House, year: int
) -> Iterator[TableCase]:
    """A few cases are advised on, spread over the year, each of somebody else whom the house knows by number."""
    known = {each.number: each.subject.bsn for each in referrals if each.subject.bsn}
    of_year = [each for each in cases if each.session_on.year == year and not house.tables[each.table].aftercare]
    of_each = {known[each.referral]: each for each in of_year if each.referral in known}
    advised = _spread([*of_each.values()], ADVISED) if prosecutor(house) else []
    return (replace(each, advised=each in advised) for each in cases)


def discussions(
    cases: Iterable[TableCase], referrals: Sequence[Referral], house: House, year: int, stranger: Callable[[], Subject]
) -> Iterator[Discussion]:
    """The prosecutor asks of everybody on whom it was advised, the day after, and of others."""
    if not (partner := prosecutor(house)):
        return
    about = {each.number: each.subject for each in referrals}
    for on, number in ((each.session_on + timedelta(days=1), each.referral) for each in cases if each.advised):
        yield Discussion(on=on, partner=partner, about=about[number], ask_for="process_director", table_case=number)
        yield Discussion(on=on, partner=partner, about=stranger())
    of_year = [each for each in _referred_once(referrals) if each.received_on.year == year]
    for each in _spread(of_year, ON_AGENDA):
        yield Discussion(on=each.received_on, partner=partner, about=each.subject, ask_for="information_coordinator")


def _referred_once(referrals: Sequence[Referral]) -> list[Referral]:
    """Of those whom the house knows by number, what comes on an agenda at once."""
    times = Counter(each.subject for each in referrals)
    return [each for each in referrals if times[each.subject] == 1 and each.subject.bsn and _is_plain(each)]


def _spread(all: Sequence[T], count: int) -> Sequence[T]:
    """So many of all, at the same distances."""
    return all[:: max(1, len(all) // count)][:count]


def bij_questions(house: House, year: int, stranger: Callable[[], Subject]) -> Iterator[BijQuestion]:
    """On people who return to the municipality of the first partner that asks; the last answer is corrected."""
    for sender in house.senders(BIJ)[:1]:
        for month in ASKED_IN:
            on, corrected = date(year, month, 5), month == ASKED_IN[-1]
            yield BijQuestion(on=on, partner=sender, about=stranger(), corrected=corrected)


def double_of(subject: Subject) -> Subject:
    """The same person as a partner tells it that has no number, and one given name only."""
    return replace(subject, bsn=None, given_names=(subject.given_names or "").partition(" ")[0])


def has_doubles(subject: Subject) -> bool:
    """Whether such a description is another record, and can be told to be of the same person."""
    return bool(subject.bsn and subject.birth_date and subject.given_names)


def doubles(referrals: Sequence[Referral], random: Random) -> Iterator[Double]:
    """What was withdrawn is about a double of somebody. Some others are taken for one person, and are two."""
    weighed = [each for each in referrals if each.tablings and has_doubles(each.subject)]
    numbers = {double_of(each.subject): each.number for each in weighed}
    for each in referrals:
        if each.withdrawn_on:
            yield Double(referral=numbers.pop(each.subject), other=each.number)
    others = random.sample(list(numbers.values()), min(len(numbers), 2 * WRONG_MERGES) // 2 * 2)
    for one, other in zip(others[::2], others[1::2], strict=True):
        yield Double(referral=one, other=other, wrongly=True)


def _by_chance(share: float, random: Random) -> bool:
    return random.random() < share
