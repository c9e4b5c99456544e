"""What became of a plan's bottlenecks, asked at the release and some months later."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from services.aftercare.detentions.rules import Detention
from services.aftercare.house import Code, House
from services.aftercare.needs.rules import LifeDomainTwice, UnknownLifeDomain
from services.aftercare.plans.rules import AftercarePlan, Bottleneck
from services.aftercare.records.rules import Recorded
from shared.bounds import Length
from shared.days import HouseDay
from shared.rules import BrokenRule


class ReleaseUnknown(BrokenRule):
    field = "moment"
    reason = "has no day: the release date is not known"


class BeforeMoment(BrokenRule):
    field = "answeredOn"
    reason = "is before the moment"


class NothingToFollowUp(BrokenRule):
    field = "moment"
    reason = "follows up no plan: there is none"


class NoBottleneck(BrokenRule):
    field = "domain"
    reason = "has no bottleneck in the plan that stands"


class BeforeLastAnswer(BrokenRule):
    field = "answeredOn"
    reason = "is before the last answer at this moment"


class Moment(StrEnum):
    """When the house asks what became of a plan."""

    RELEASE = "release"
    MONTH_1 = "month_1"
    MONTH_3 = "month_3"
    MONTH_6 = "month_6"


MONTHS: Mapping[Moment, int] = {Moment.RELEASE: 0, Moment.MONTH_1: 1, Moment.MONTH_3: 3, Moment.MONTH_6: 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFollowedUp:
    """Whether the bottleneck on a life domain is solved."""

    domain: Code
    solved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One answer: which bottlenecks are solved at a moment. Of a moment the last answer counts.

    `domains`: the life domains of which it is known.
    """

    moment: Moment
    answered_on: HouseDay
    domains: Annotated[tuple[DomainFollowedUp, ...], Length(1, 20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFollowUp(FollowUp, Recorded):
    """An answer with who recorded it and when."""

    @property
    def stated(self) -> FollowUp:
        return FollowUp(moment=self.moment, answered_on=self.answered_on, domains=self.domains)


def follow_up(
    detention: Detention, answer: FollowUp, plan: AftercarePlan | None, answers: Sequence[FollowUp], house: House
) -> FollowUp:
    """The answer that counts from now on; the same one again changes nothing.

    plan: the plan that stands. answers: the answers that were given before, in that order.
    """
    if plan is None:
        raise NothingToFollowUp
    answer = _in_order(answer, plan, house)
    last = next((other for other in reversed(answers) if other.moment is answer.moment), None)
    if last == answer:
        return last
    _check_day(detention, answer, last)
    return answer


def day_of(moment: Moment, release_on: date) -> date:
    """The day of the release, or so many months later; the month's last day where it is too short."""
    years, month = divmod(release_on.month - 1 + MONTHS[moment], 12)
    year, month = release_on.year + years, month + 1
    return date(year, month, min(release_on.day, monthrange(year, month)[1]))


def _in_order(answer: FollowUp, plan: AftercarePlan, house: House) -> FollowUp:
    """The answer in the order of the house's life domains, each one once and with a bottleneck in the plan."""
    for position, followed_up in enumerate(answer.domains):
        earlier = {other.domain for other in answer.domains[:position]}
        _check(followed_up.domain, f"domains[{position}].domain", earlier, plan, house)
    domains = sorted(answer.domains, key=lambda followed_up: house.life_domains.index(followed_up.domain))
    return replace(answer, domains=tuple(domains))


def _check(domain: str, path: str, earlier: set[str], plan: AftercarePlan, house: House) -> None:
    if domain not in house.life_domains:
        raise UnknownLifeDomain(path, known=house.life_domains)
    if domain in earlier:
        raise LifeDomainTwice(path, "is answered already")
    if any(planned.domain == domain and planned.bottleneck is Bottleneck.NO for planned in plan.domains):
        raise NoBottleneck(path)


def _check_day(detention: Detention, answer: FollowUp, last: FollowUp | None) -> None:
    if detention.release_on is None:
        raise ReleaseUnknown
    day = day_of(answer.moment, detention.release_on)
    if answer.answered_on < day:
        raise BeforeMoment(reason=f"is before the moment, {day}")
    if last and answer.answered_on < last.answered_on:
        raise BeforeLastAnswer
