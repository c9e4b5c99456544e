"""What became of a plan's bottlenecks, asked at the release and some months later."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.errors import (
    BeforeLastAnswer,
    BeforeMoment,
    LifeDomainTwice,
    NoBottleneck,
    NothingToFollowUp,
    ReleaseUnknown,
    UnknownLifeDomain,
)
from services.aftercare.domain.house import House
from services.aftercare.domain.plans import AftercarePlan, Bottleneck


class Moment(StrEnum):
    """When it is asked."""

    RELEASE = "release"
    MONTH_1 = "month_1"
    MONTH_3 = "month_3"
    MONTH_6 = "month_6"


MONTHS: Mapping[Moment, int] = {Moment.RELEASE: 0, Moment.MONTH_1: 1, Moment.MONTH_3: 3, Moment.MONTH_6: 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFollowedUp:
    domain: str
    solved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One answer: which bottlenecks are solved at a moment. Of a moment the last answer counts."""

    moment: Moment
    answered_on: date
    domains: tuple[DomainFollowedUp, ...]


def follow_up(
    detention: Detention, answer: FollowUp, plan: AftercarePlan | None, answers: Sequence[FollowUp], house: House
) -> FollowUp:
    """The answer that counts from now on; the same one again changes nothing.

    plan: the one that stands. answers: those that were given before, in that order.
    """
    if plan is None:
        raise NothingToFollowUp
    for position, each in enumerate(answer.domains):
        earlier = {other.domain for other in answer.domains[:position]}
        _check(each.domain, f"domains[{position}].domain", earlier, plan, house)
    answer = replace(answer, domains=tuple(sorted(answer.domains, key=lambda each: _place(each, house))))
    last = next((each for each in reversed(answers) if each.moment is answer.moment), None)
    if last == answer:
        return last
    _check_day(detention, answer, last)
    return answer


def day_of(moment: Moment, release_on: date) -> date:
    """The day of the release, or so many months later; the month's last day where it is too short."""
    years, month = divmod(release_on.month - 1 + MONTHS[moment], 12)
    year, month = release_on.year + years, month + 1
    return date(year, month, min(release_on.day, monthrange(year, month)[1]))


def _place(each: DomainFollowedUp, house: House) -> int:
    return house.life_domains.index(each.domain)


def _check(domain: str, path: str, earlier: set[str], plan: AftercarePlan, house: House) -> None:
    if domain not in house.life_domains:
        raise UnknownLifeDomain(path)
    if domain in earlier:
        raise LifeDomainTwice(path, "is answered already")
    if domain in {each.domain for each in plan.domains if each.bottleneck is Bottleneck.NO}:
        raise NoBottleneck(path)


def _check_day(detention: Detention, answer: FollowUp, last: FollowUp | None) -> None:
    if detention.release_date is None:
        raise ReleaseUnknown
    day = day_of(answer.moment, detention.release_date.release_on)
    if answer.answered_on < day:
        raise BeforeMoment(reason=f"is before the moment, {day}")
    if last and answer.answered_on < last.answered_on:
        raise BeforeLastAnswer
