"""What partners hear that they should not, or don't hear."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from tests.fault.oracle.account import ADVICE
from tests.fault.oracle.tests.damage import (
    STRANGE,
    Damage,
    instead,
    picked,
    with_heard,
    with_numbered,
    without,
)
from tests.fault.oracle.tests.making import World
from tests.fault.oracle.witness import NO_USER_ID, Heard

ACCEPTED, REFUSED = "messages.accepted.v1", "messages.refused.v1"
FEEDBACK, REQUEST = "feedback.given.v1", "information-requests.sent.v1"
ASSIGNMENT, DECIDED = "assignments.sent.v1", "information-requests.decided.v1"


def damages() -> Iterator[Damage]:
    """All of them."""
    yield Damage("a receipt is lost", _lose_receipts, "receipts")
    yield Damage("a receipt names another referral", _alter(ACCEPTED, referralId=STRANGE), "receipts")
    yield Damage("a receipt is of another case", _rename_case(ACCEPTED), "receipts")
    yield Damage("a second receipt names another referral", _again(ACCEPTED, referralId=STRANGE), "receipts")
    yield Damage("a receipt of what nobody sent", _again(ACCEPTED, messageId=STRANGE), "receipts")
    yield Damage("a wrong message is accepted", _accept_wrong, "receipts")
    yield Damage("a refusal is lost", _lose(REFUSED), "refusals")
    yield Damage("a right message is refused", _refuse_right, "refusals")
    yield Damage("a message of an unknown sender is refused", _refuse_unknown, "refusals")
    yield Damage("feedback is lost", _lose(FEEDBACK), "feedback")
    yield Damage("feedback comes twice", _again(FEEDBACK), "feedback")
    yield Damage("feedback tells another decision", _alter(FEEDBACK, decision="escalate"), "feedback")
    yield Damage("feedback is of another case", _rename_case(FEEDBACK), "feedback")
    yield Damage("feedback goes to somebody else", _misdirect(FEEDBACK), "feedback")
    yield Damage("an information request is not heard", _lose(REQUEST), "information requests heard")
    yield Damage("an information request is heard twice", _again(REQUEST), "information requests heard")
    yield Damage("an information request goes to somebody else", _misdirect(REQUEST), "information requests heard")
    yield Damage("who was asked does not hear the decision", _lose(DECIDED), "decisions heard")
    yield Damage("who was asked hears the decision twice", _again(DECIDED), "decisions heard")
    yield Damage("who was asked hears another decision", _alter(DECIDED, decision="escalate"), "decisions heard")
    yield Damage("somebody else hears the decision", _misdirect(DECIDED), "decisions heard")
    yield Damage("advice on a BIJ notice is lost", _lose(ADVICE), "BIJ advice heard")
    yield Damage("advice on a BIJ notice is heard twice", _again(ADVICE), "BIJ advice heard")
    yield Damage("advice is taken for its correction, or the other way", _turn_advice, "BIJ advice heard")
    yield Damage("an assignment is not heard", _lose(ASSIGNMENT), "assignments heard")
    yield Damage("an assignment is heard twice", _again(ASSIGNMENT), "assignments heard")
    yield Damage("an assignment goes to somebody else", _misdirect(ASSIGNMENT), "assignments heard")
    yield Damage("an event changes between arrivals", _change_midway, "heard: event")
    yield Damage("something of another type is heard", _another_type, "heard")
    yield Damage("a number is never heard", _gap, "numbers heard by")
    yield Damage("a number is on two events", _number_twice, "numbers heard by")
    yield Damage("an event has two numbers", _renumber, "heard: event")
    yield Damage("an event has no number", _unnumber, "numbers heard by")
    yield Damage("a number was never given", _number_too_high, "numbers heard by")
    yield Damage("a number is of no stream", _forget_stream, "numbers heard by")
    yield Damage("numbers of one case came in another order", _numbers_swapped, "order: numbers heard by")


def _victim(world: World, type: str, pick: int) -> Heard:
    heard: Heard = picked((each for each in world.witness.heard if each.type == type), pick)
    return heard


def _lose(type: str) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        victim = _victim(world, type, pick)
        return with_heard(world, lambda heard: without(heard, victim))

    return do


def _lose_receipts(world: World, pick: int) -> World:
    message = _victim(world, ACCEPTED, pick).data["messageId"]
    return with_heard(
        world, lambda heard: [each for each in heard if each.type != ACCEPTED or each.data["messageId"] != message]
    )


def _alter(type: str, **data: Any) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        victim = _victim(world, type, pick)
        altered = replace(victim, data={**victim.data, **data})
        return with_heard(world, lambda heard: instead(heard, victim, altered))

    return do


def _turn_advice(world: World, pick: int) -> World:
    return _alter(ADVICE, correction=not _victim(world, ADVICE, pick).data.get("correction"))(world, pick)


def _again(type: str, **data: Any) -> Callable[[World, int], World]:
    """An event of its own about the same."""

    def do(world: World, pick: int) -> World:
        victim = _victim(world, type, pick)
        other = replace(victim, id=STRANGE, data={**victim.data, **data})
        return with_heard(world, lambda heard: (*heard, other))

    return do


def _rename_case(type: str) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        of_type = (each for each in world.witness.heard if each.type == type)
        victim = picked((each for each in of_type if type != ACCEPTED or "referralId" in each.data), pick)
        return with_heard(world, lambda heard: instead(heard, victim, replace(victim, case_id=STRANGE)))

    return do


def _misdirect(type: str) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        victim = _victim(world, type, pick)
        elsewhere = replace(victim, user="hollands-midden.halt")
        return with_heard(world, lambda heard: instead(heard, victim, elsewhere))

    return do


def _accept_wrong(world: World, pick: int) -> World:
    sent = picked((each for each in world.witness.sent if each.wrong), pick)
    data = {"messageId": sent.id, "referralId": STRANGE}
    receipt = Heard(user=sent.user, id=STRANGE, type=ACCEPTED, case_id=None, sequence=None, data=data)
    return with_heard(world, lambda heard: (*heard, receipt))


def _refuse(world: World, user: str, message: str | None) -> World:
    data = {"messageId": message, "problems": ()}
    refusal = Heard(user=user, id=STRANGE, type=REFUSED, case_id=None, sequence=None, data=data)
    return with_heard(world, lambda heard: (*heard, refusal))


def _refuse_right(world: World, pick: int) -> World:
    sent = picked((each for each in world.witness.sent if not each.wrong), pick)
    return _refuse(world, sent.user, sent.id)


def _refuse_unknown(world: World, pick: int) -> World:
    sent = picked((each for each in world.witness.sent if each.wrong == NO_USER_ID), pick)
    return _refuse(world, sent.user, sent.id)


def _change_midway(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_heard(world, lambda heard: (*heard, replace(victim, data={**victim.data, "more": 1})))


def _another_type(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_heard(world, lambda heard: (*heard, replace(victim, id=STRANGE, type="greetings.sent.v1")))


def _gap(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_numbered(world, lambda heard: without(heard, victim))


def _number_twice(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_numbered(world, lambda heard: (*heard, replace(victim, id=STRANGE)))


def _renumber(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_numbered(world, lambda heard: (*heard, replace(victim, sequence=victim.sequence + 1)))


def _unnumber(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_numbered(world, lambda heard: instead(heard, victim, replace(victim, sequence=None)))


def _number_too_high(world: World, pick: int) -> World:
    victim = picked(world.witness.heard, pick)
    return with_numbered(world, lambda heard: instead(heard, victim, replace(victim, sequence=10_000)))


def _forget_stream(world: World, pick: int) -> World:
    user = picked(world.stores.numbers, pick)
    numbers = {name: given for name, given in world.stores.numbers.items() if name != user}
    return replace(world, stores=replace(world.stores, numbers=numbers))


def _numbers_swapped(world: World, pick: int) -> World:
    of_cases = [each for each in world.witness.heard if each.case_id]
    pairs = combinations(of_cases, 2)
    one, other = picked((pair for pair in pairs if len({(each.user, each.case_id) for each in pair}) == 1), pick)
    exchanged = replace(one, sequence=other.sequence), replace(other, sequence=one.sequence)
    return with_numbered(world, lambda heard: instead(instead(heard, one, exchanged[0]), other, exchanged[1]))
