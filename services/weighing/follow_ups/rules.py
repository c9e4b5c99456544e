"""The follow-ups of a decision: what must hold when the team agrees on one, and what comes of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from services.weighing.house import House
from services.weighing.referrals.rules import Referral, next_briefing
from shared.bounds import Code, Length
from shared.days import PlannedDay
from shared.rules import BrokenRule, Contradiction, UnknownObject
from shared.working_days import is_working_day


class UnknownFollowUp(UnknownObject):
    field = "followUpId"
    reason = "is not a follow-up of this house that the caller may see"


class AlreadyReported(Contradiction):
    field = "state"
    reason = "is reported otherwise already; a wrong report can be corrected"


class NotReported(Contradiction):
    field = "followUpId"
    reason = "is not reported, so there is nothing to correct"


class Lapsed(Contradiction):
    field = "followUpId"
    reason = "has lapsed: the decision was corrected or withdrawn"


class NothingToDo(Contradiction):
    field = "followUpId"
    reason = "is reported or has lapsed: nobody does it any more"


class GoesWithNoCase(Contradiction):
    field = "followUpId"
    reason = "is no follow-up of a case holder: correct the decision if another partner is to do it"


class BeforeAgreed(BrokenRule):
    field = "reportedOn"
    reason = "is before the briefing at which the follow-up was agreed"


class State(StrEnum):
    """What became of a follow-up."""

    AGREED = "agreed"
    DONE = "done"
    NOT_DONE = "not_done"
    OVERDUE = "overdue"
    LAPSED = "lapsed"


OPEN = frozenset({State.AGREED, State.OVERDUE})


UNDONE = frozenset({State.NOT_DONE, State.OVERDUE})


MAY_BE_LEFT_OUT = frozenset({"question", "asked_of"})
"""Unless the house says that the team leaves nothing out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedFollowUp:
    """What the team agreed on; all in codes of the house's profile.

    what: the kind of follow-up. owner: the partner that does it, and whose people report. other_partner: with whom the
    owner settles it. destination: where it is discussed. life_domains: of the need. question: what the owner asks.
    asked_of: whom the owner asks, a partner or one of the destinations. due_on: the last day.
    """

    what: Code
    owner: Code
    due_on: PlannedDay
    other_partner: Code | None = None
    destination: Code | None = None
    life_domains: Annotated[tuple[Code, ...], Length(most=20)] = ()
    question: Code | None = None
    asked_of: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A follow-up of the decision at a tabling of a referral. reported_on: since when it is done or not done."""

    follow_up_id: UUID
    house: str
    referral_id: UUID
    tabling: int
    agreed_on: date
    agreed: AgreedFollowUp
    state: State = State.AGREED
    reported_on: date | None = None


class UnknownCode(BrokenRule):
    reason = "is not known to this house"


class NotAsked(BrokenRule):
    reason = "does not go with this follow-up"


class Missing(BrokenRule):
    reason = "is required with this follow-up"


class SamePartner(BrokenRule):
    reason = "is the owner; name another partner"


class DueBeforeBriefing(BrokenRule):
    reason = "is before the briefing"


class DueOver(BrokenRule):
    reason = "is over already; name a day that is to come"


class NoWorkingDay(BrokenRule):
    reason = "is no working day"


class FollowUpMissing(BrokenRule):
    """The reason names the follow-ups of which one is needed."""

    field = "followUps"


class FollowUpTwice(BrokenRule):
    reason = "is named already"


class GroundMissing(BrokenRule):
    """The reason names the destination."""

    field = "motive"


def broken_rules(
    follow_ups: Sequence[AgreedFollowUp],
    standing: Collection[AgreedFollowUp],
    briefing_on: date,
    house: House,
    today: date,
) -> Iterator[BrokenRule]:
    """Every rule that the follow-ups of a decision break. standing: those that were agreed before, and stay."""
    for position, follow_up in enumerate(follow_ups):
        place = f"followUps[{position}]"
        if follow_up in follow_ups[:position]:
            yield FollowUpTwice(place)
        yield from _wrong_codes(follow_up, place, house)
        yield from _wrong_parts(follow_up, place, house, stands=follow_up in standing)
        if follow_up not in standing:
            yield from _wrong_day(follow_up.due_on, f"{place}.dueOn", briefing_on, today)


def missing(follow_ups: Sequence[AgreedFollowUp], needed: Collection[str]) -> Iterator[BrokenRule]:
    """needed: one of these goes with the decision or its reason; empty if none has to."""
    if needed and not any(follow_up.what in needed for follow_up in follow_ups):
        yield FollowUpMissing(reason=f"must hold one of: {', '.join(sorted(needed))}")


def without_ground(destinations: Iterable[str | None], motive: str | None, house: House) -> Iterator[BrokenRule]:
    """destinations: where the referral or a new follow-up goes. motive: why the team decides so."""
    for destination in destinations:
        if destination in house.need_consent and motive is None:
            yield GroundMissing(
                reason=f"is required: say that the client agrees with {destination}, or why without consent"
            )


def _wrong_codes(follow_up: AgreedFollowUp, place: str, house: House) -> Iterator[BrokenRule]:
    if follow_up.what not in house.follow_ups:
        yield UnknownCode(f"{place}.what", known=house.follow_ups)
    named = {"owner": follow_up.owner, "otherPartner": follow_up.other_partner}
    for field, partner in named.items():
        if partner is not None and partner not in house.partners:
            yield UnknownCode(f"{place}.{field}", known=house.partners)
    for field, code, known in (
        ("destination", follow_up.destination, house.destinations),
        ("question", follow_up.question, house.questions),
        ("askedOf", follow_up.asked_of, house.partners | house.destinations),
    ):
        if code is not None and code not in known:
            yield UnknownCode(f"{place}.{field}", known=known)
    for position, domain in enumerate(follow_up.life_domains):
        if domain not in house.life_domains:
            yield UnknownCode(f"{place}.lifeDomains[{position}]", known=house.life_domains)


def _wrong_parts(follow_up: AgreedFollowUp, place: str, house: House, *, stands: bool) -> Iterator[BrokenRule]:
    """stands: it was agreed before, perhaps when the team could still leave out more."""
    given = {
        "other_partner": (f"{place}.otherPartner", follow_up.other_partner),
        "destination": (f"{place}.destination", follow_up.destination),
        "life_domains": (f"{place}.lifeDomains", follow_up.life_domains),
        "question": (f"{place}.question", follow_up.question),
        "asked_of": (f"{place}.askedOf", follow_up.asked_of),
    }
    if (asked := house.follow_ups.get(follow_up.what)) is not None:
        needed = asked if follow_up.what in house.ask_all and not stands else asked - MAY_BE_LEFT_OUT
        for part, (field, value) in given.items():
            if value and part not in asked:
                yield NotAsked(field)
            if not value and part in needed:
                yield Missing(field)
    for field, partner in (given["other_partner"], given["asked_of"]):
        if partner == follow_up.owner:
            yield SamePartner(field)


def _wrong_day(due_on: date, field: str, briefing_on: date, today: date) -> Iterator[BrokenRule]:
    if due_on < briefing_on:
        yield DueBeforeBriefing(field)
    elif due_on < today:
        yield DueOver(field)
    elif not is_working_day(due_on):
        yield NoWorkingDay(field)


def is_undone(follow_up: FollowUp) -> bool:
    """Whether it brings its referral back on the agenda."""
    return follow_up.state in UNDONE


def check_open(follow_up: FollowUp) -> None:
    """Raises NothingToDo unless somebody is still to do it."""
    if follow_up.state not in OPEN:
        raise NothingToDo


def check_movable(follow_up: FollowUp, owner: str, house: House) -> None:
    """Raises NothingToDo, GoesWithNoCase or UnknownCode unless the partner may do it in the owner's place."""
    check_open(follow_up)
    if follow_up.agreed.what not in house.of_case_holders:
        raise GoesWithNoCase
    if owner not in house.partners:
        raise UnknownCode("owner", known=house.partners)


def report(follow_up: FollowUp, state: State, on: date) -> FollowUp:
    """The follow-up as it is reported; the same report again changes nothing. Raises Lapsed, AlreadyReported."""
    if follow_up.state is state:
        return follow_up
    if follow_up.state in (State.DONE, State.NOT_DONE):
        raise AlreadyReported
    return _reported(follow_up, state, on)


def correct(follow_up: FollowUp, state: State, on: date) -> FollowUp:
    """The follow-up with the right report in place of a wrong one. Raises Lapsed, NotReported."""
    if follow_up.state in OPEN:
        raise NotReported
    return _reported(follow_up, state, on)


def _reported(follow_up: FollowUp, state: State, on: date) -> FollowUp:
    if follow_up.state is State.LAPSED:
        raise Lapsed
    if on < follow_up.agreed_on:
        raise BeforeAgreed
    return replace(follow_up, state=state, reported_on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDecision:
    """What decides where a referral goes. tabling: of the decision that counts and that no other one followed.

    back_on: the briefing that the decision brings the referral back to. undone: a follow-up is overdue or not done.
    """

    referral_id: UUID
    tabling: int
    back_on: date | None
    undone: bool


def place(referral: Referral, last: LastDecision, house: House, today: date) -> Referral:
    """The referral on the agenda of the next briefing if a follow-up of the last decision is undone; else where that
    decision has put it, also if it was back for a report that is corrected.
    """
    if not last.undone:
        table_on = last.back_on
    else:
        following = next_briefing(referral.sub_region, today, house)
        waits_for = referral.table_on if referral.tabling > last.tabling else None
        table_on = min(waits_for or following, following)
    return replace(referral, tabling=last.tabling + 1 if table_on else last.tabling, table_on=table_on)
