"""Guards of a house: the answers that keep a case from being discussed in two places, and what the team overrides."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple
from uuid import UUID

from services.weighing.house import DecisionRule, Effect, GuardRule, House
from services.weighing.information_requests.rules import AnswerCode, InformationRequest, asked_as_usual
from services.weighing.referrals.rules import Referral, concerns
from shared.rules import BrokenRule, Contradiction, UnknownObject

Check = Literal["not_asked", "asked", "running_there", "not_there", "may_not_say", "not_said", "unanswered"]
"""What the platform said. asked: it has not answered yet. not_said: it answered, and not about this. unanswered: the
team decided without its answer.
"""
SAID: Mapping[AnswerCode, Check] = {
    "known": "running_there",
    "nothing_known": "not_there",
    "may_not_share": "may_not_say",
}
OPEN: Collection[Check] = ("not_asked", "asked", "not_said", "unanswered")


class UnknownGuard(UnknownObject):
    field = "guard"
    reason = "is not a guard that applies to this referral"


class NotOverridden(Contradiction):
    field = "guard"
    reason = "is not overridden"


class PlatformNotAsked(BrokenRule):
    """The reason names the guard."""

    field = "decision"


class RunningElsewhere(BrokenRule):
    """The reason names the guard."""

    field = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBefore:
    """What a platform said of another referral on the same person. `partner`, `said_on`: who answered, and when."""

    referral_id: UUID
    partner: str
    said_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A guard as it stands for one referral.

    `check`: what the platform said; null with `route_to`. `said_before`: of which other referral on the same person it
    said so; null if of this one. `destination`: where such referrals go. `overridden`: the team goes on all the same,
    with a reason.
    """

    code: str
    effect: Effect
    check: Check | None
    said_before: SaidBefore | None = None
    destination: str | None = None
    overridden: bool = False

    @property
    def speaks(self) -> bool:
        """Whether there is something to go on against: not of a platform that nobody asked, and need not ask."""
        return self.check != "not_asked" or self.effect == "ask_first"


def guards_of(
    referral: Referral, requests: Sequence[InformationRequest], overridden: Collection[str], house: House
) -> list[Guard]:
    """The guards that apply to a referral.

    requests: those answered about other referrals on the person, and then those about this one, in the order in which
    they were put.
    """
    return [
        _guard(code, rule, referral, asked_as_usual(requests, rule.service, house), code in overridden)
        for code, rule in house.guards.items()
        if concerns(rule, referral)
    ]


def refusing(guards: Sequence[Guard], decision: DecisionRule) -> Iterator[BrokenRule]:
    """Why a decision can't be taken yet: each guard that speaks against it and that nobody overrode."""
    for guard in guards:
        if guard.overridden:
            continue
        if guard.effect == "ask_first" and guard.check in OPEN and decision.opens_table:
            yield PlatformNotAsked(
                reason=f"opens a table, and {guard.code} has not said whether the case is taken there; "
                "wait for the answer, or override the guard with a reason"
            )
        elif guard.check == "running_there" and _acts_against(guard, decision):
            yield RunningElsewhere(
                reason=f"is action of the house, and the case is at {guard.code}; "
                "decide that it is placed elsewhere, or override the guard with a reason"
            )


def _acts_against(guard: Guard, decision: DecisionRule) -> bool:
    """A platform that takes a case keeps it from a table; one may also keep the house from any action of its own."""
    if guard.effect == "no_own_action":
        return decision.own_action
    return guard.effect == "ask_first" and decision.opens_table is not None


class Said(NamedTuple):
    """An answer of a partner about a platform."""

    on: date
    partner: str
    referral_id: UUID
    answer: AnswerCode

    def before(self, referral: Referral) -> SaidBefore | None:
        """None if it was said of this referral."""
        if self.referral_id == referral.referral_id:
            return None
        return SaidBefore(referral_id=self.referral_id, partner=self.partner, said_on=self.on)


def _said_last(rule: GuardRule, requests: Sequence[InformationRequest]) -> Said | None:
    """Of the last answers of each partner, on whichever referral, the one that counts: it runs there, or the last.

    That a platform may not say is no answer: what it said before of the person stays.
    """
    said = (_said_of(request, rule.service) for request in requests)
    last = {each.partner: each for each in sorted(filter(None, said), key=attrgetter("on"))}.values()
    return max(last, key=lambda each: (each.answer == "known", each.on), default=None)


def _said_of(request: InformationRequest, service: str | None) -> Said | None:
    given = [(on, each.answer) for on, each in request.given if each.service == service]
    said = [each for each in given if each[1] != "may_not_share"]
    return Said(said[-1][0], request.partner, request.referral_id, said[-1][1]) if said else None


def _guard(
    code: str, rule: GuardRule, referral: Referral, requests: Sequence[InformationRequest], overridden: bool
) -> Guard:
    """What runs there holds until the platform says otherwise, of whichever referral; else each referral is asked."""
    check = _check(rule, [request for request in requests if request.referral_id == referral.referral_id])
    guard = Guard(code=code, effect=rule.effect, check=check, destination=rule.destination, overridden=overridden)
    said = _said_last(rule, requests)
    if said and "running_there" in (SAID[said.answer], check):
        return replace(guard, check=SAID[said.answer], said_before=said.before(referral))
    return guard


def _check(rule: GuardRule, requests: Sequence[InformationRequest]) -> Check | None:
    """What the platform said last, when it was asked last."""
    if rule.service is None:
        return None
    asking = [request for request in requests if any(each.service == rule.service for each in request.asked or ())]
    if not asking:
        return "not_asked"
    last = asking[-1]
    if last.answered_on is None:
        return "unanswered" if last.void_on else "asked"
    said = [SAID[each.answer] for each in last.standing if each.service == rule.service]
    return said[-1] if said else "not_said"
