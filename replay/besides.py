"""What happens in a year besides its figures: calls, withdrawals, corrections, and two records of one person."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from replay.house import House
from replay.script import Call, Double, Referral, Subject, Tabling

CHANNELS = ("phone", "phone", "mail")
SORTED_AS = ("consultation", "information_question", "contact_request", "rerouted", "duplicate")
CALLED_AGAIN, RECORDED_WRONG = 0.5, 0.03
"""How much of what could come by phone or mail does, and how many of the decisions are corrected."""
WRONG_MERGES = 2


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
