"""Poison that takes effect or isn't parked, parked messages that are no poison, and what never comes to rest."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.fault.oracle.rows import Parked, Registered
from tests.fault.oracle.tests.damage import STRANGE, Damage, instead, picked, with_rows, without
from tests.fault.oracle.tests.making import SERVICES, World

Rows = tuple[Parked, ...]


def damages() -> Iterator[Damage]:
    """All of them."""
    yield Damage("poison takes effect", _take_effect, "intake.referrals")
    yield Damage("poison is not parked", _with_parked(lambda rows, row: without(rows, row)), "intake.parked")
    yield Damage("poison is parked twice", _with_parked(lambda rows, row: (*rows, row)), "intake.parked")
    yield Damage("poison is parked as unexpected", _with_parked(_as_unexpected), "intake.parked")
    yield Damage("what nobody sent is parked", _with_parked(_strange), "intake.parked")
    yield Damage("poison of one sender is parked as another's", _with_parked(_as_anothers), "intake.parked")
    yield Damage("a right message is parked", _park_right, "intake.parked")
    for service in SERVICES:
        yield Damage(f"an event is parked by {service}", _park_event(service), f"{service}.parked")
        for room in (f"{service}.outbox", f"{service}.postponed"):
            yield Damage(f"something is left in {room}", _leave_in(room), room)
    yield Damage("somebody waited in vain", _fail, "failed: feedback")


def _take_effect(world: World, pick: int) -> World:
    sent = picked((each for each in world.witness.sent if each.wrong and each.id), pick)
    partner = sent.user.partition(".")[2]
    referral = Registered(STRANGE, STRANGE, "current_referral", partner, "Gouda", STRANGE, sent.id, False)
    return with_rows(world, "intake.referrals", lambda rows: (*rows, referral))


def _with_parked(change: Callable[[Rows, Parked], Rows]) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        rows = world.stores.parked["intake"]
        return _stores(world, parked={**world.stores.parked, "intake": change(rows, picked(rows, pick))})

    return do


def _as_unexpected(rows: Rows, row: Parked) -> Rows:
    return instead(rows, row, row._replace(kind="unexpected"))


def _strange(rows: Rows, row: Parked) -> Rows:
    return (*rows, row._replace(message_id=STRANGE))


def _as_anothers(rows: Rows, row: Parked) -> Rows:
    return instead(rows, row, row._replace(queue="intake.from.hollands-midden.halt"))


def _park_right(world: World, pick: int) -> World:
    sent = picked((each for each in world.witness.sent if not each.wrong), pick)
    parked = Parked(1, f"intake.from.{sent.user}", sent.user, sent.id, "rejected")
    return _with_parked(lambda rows, _: (*rows, parked))(world, pick)


def _park_event(service: str) -> Callable[[World, int], World]:
    parked = Parked(1, service, "services", STRANGE, "unexpected")
    return lambda world, pick: _stores(
        world, parked={**world.stores.parked, service: (*world.stores.parked[service], parked)}
    )


def _leave_in(room: str) -> Callable[[World, int], World]:
    return lambda world, pick: _stores(world, left={room: 1 + pick})


def _fail(world: World, pick: int) -> World:
    return replace(world, witness=replace(world.witness, failed=("feedback on a message",)))


def _stores(world: World, **parts: Mapping[str, Any]) -> World:
    return replace(world, stores=replace(world.stores, **parts))  # type: ignore[arg-type]
