"""How a briefing is prepared, held and settled, and which referrals can be chosen for an extra one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.weighing.calendar.rules import Briefing, State, require_open
from services.weighing.house import House
from services.weighing.referrals.rules import Referral
from services.weighing.seats.rules import Seat, has_quorum, partners_at
from shared.days import InFuture
from shared.rules import BrokenRule, Contradiction


class NotAReferral(BrokenRule):
    reason = "is not a referral of this house"


class OtherSubRegion(BrokenRule):
    reason = "is a referral of another sub-region"


class NotWaiting(BrokenRule):
    reason = "is not on the agenda of any briefing: the team has decided"


class NotOnAgenda(BrokenRule):
    reason = "does not wait on the agenda of this briefing"


class NoChair(BrokenRule):
    field = "seats"
    reason = "has nobody who leads the briefing"


class NoQuorum(BrokenRule):
    field = "seats"
    reason = "has too few partners, or not those without which the team decides nothing"


class NotHeld(Contradiction):
    field = "briefingOn"
    reason = "is not a briefing that is held and not settled yet"


class ItemsLeft(Contradiction):
    """The reason says how many."""

    field = "briefingOn"


class FollowUpsLeft(Contradiction):
    """The reason names the items of the agenda."""

    field = "briefingOn"


def prepare(briefing: Briefing) -> Briefing:
    """The briefing with its agenda fixed. Raises BriefingHeld, BriefingCancelled."""
    require_open(briefing)
    return replace(briefing, state=State.PREPARED)


def hold(briefing: Briefing, seats: Collection[Seat], house: House, today: date) -> Briefing:
    """The briefing, opened by its chair. Raises BriefingHeld, BriefingCancelled, InFuture, NoChair, NoQuorum."""
    require_open(briefing)
    if briefing.on > today:
        raise InFuture("briefingOn")
    there = [seat for seat in seats if seat.is_taken_at(1)]
    if not any(seat.chair for seat in there):
        raise NoChair
    if not has_quorum(partners_at(there, 1), house):
        raise NoQuorum
    return replace(briefing, state=State.HELD)


def settle(briefing: Briefing, left: int, lacking: Sequence[int]) -> Briefing:
    """The briefing, done with. left: how many items were neither decided nor moved. lacking: the numbers of those whose
    decision lacks its follow-up. Raises NotHeld, ItemsLeft, FollowUpsLeft.
    """
    check_held(briefing)
    if left:
        raise ItemsLeft(reason=f"has {left} referrals on which nothing was decided: decide, or carry them over")
    if lacking:
        named = ", ".join(map(str, lacking))
        raise FollowUpsLeft(reason=f"has decisions of which nothing follows yet: correct those on items {named}")
    return replace(briefing, state=State.SETTLED)


def check_held(briefing: Briefing) -> None:
    """Raises NotHeld."""
    if briefing.state is not State.HELD:
        raise NotHeld


def not_on_agenda(field: str, referral_ids: Sequence[UUID], waiting: Collection[UUID]) -> Iterator[BrokenRule]:
    """Each of these that does not wait on the agenda, by its position."""
    for position, referral_id in enumerate(referral_ids):
        if referral_id not in waiting:
            yield NotOnAgenda(f"{field}[{position}]")


def unfit_items(referral_ids: Sequence[UUID], known: Mapping[UUID, Referral], sub_region: str) -> Iterator[BrokenRule]:
    """Each referral that cannot be chosen, by its position. known: the referrals of the house among these."""
    for position, referral_id in enumerate(referral_ids):
        field = f"referralIds[{position}]"
        if not (referral := known.get(referral_id)):
            yield NotAReferral(field)
        elif referral.sub_region != sub_region:
            yield OtherSubRegion(field)
        elif referral.table_on is None:
            yield NotWaiting(field)
