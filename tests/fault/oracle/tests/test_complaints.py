from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.fault.oracle.complaints import complaints
from tests.fault.oracle.tests import damage_to_hearing, damage_to_order, damage_to_rest, damage_to_stores
from tests.fault.oracle.tests.damage import Damage, Inapplicable
from tests.fault.oracle.tests.lives import Life
from tests.fault.oracle.tests.making import World
from tests.fault.oracle.tests.worlds import good_world

DAMAGES = [
    *damage_to_stores.damages(),
    *damage_to_hearing.damages(),
    *damage_to_order.damages(),
    *damage_to_rest.damages(),
]
CONTACTS = {"Gouda": "gemeente-gouda", "Leiden": "gemeente-leiden", "Katwijk": "gemeente-katwijk", "Geen GBA": None}
SENDERS = (("nationale-politie", "arrest_notice"), ("dji", "detention_notice"), ("fivoor", "current_referral"))
DECISIONS = st.sampled_from(("focus", "top60", "aftercare", "bilateral", "no_follow_up"))


def found(world: World) -> list[str]:
    return complaints(world.witness, world.stores)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A deferred referral is decided on again; a detention notice from Katwijk is not weighed."""
    partner, kind = draw(st.sampled_from(SENDERS))
    municipality = draw(st.sampled_from(tuple(CONTACTS)))
    weighed = (kind, municipality) != ("detention_notice", "Katwijk")
    tablings = st.tuples(DECISIONS) | st.tuples(st.just("no_follow_up"), DECISIONS)
    decisions = draw(st.lists(tablings if weighed else st.just(()), min_size=1, max_size=3))
    return Life(partner, kind, municipality, CONTACTS[municipality], tuple(decisions), draw(st.booleans()))


GOOD_WORLDS = st.lists(lives(), min_size=1, max_size=4).map(good_world)


def test_of_a_good_world_there_is_nothing_to_complain() -> None:
    assert found(good_world()) == []


def test_what_is_heard_again_is_no_complaint() -> None:
    world = good_world()
    again = world.witness.heard[::3]
    assert found(replace(world, witness=replace(world.witness, heard=(*world.witness.heard, *again)))) == []


def test_what_was_numbered_before_the_round_and_is_heard_again_is_no_complaint() -> None:
    world = good_world()
    old = [replace(heard, id=f"old {at}", sequence=7) for at, heard in enumerate(world.witness.heard)]
    assert found(replace(world, witness=replace(world.witness, heard=(*old, *world.witness.heard)))) == []


def test_numbers_of_different_cases_may_change_places() -> None:
    world = good_world()
    by_case = sorted(world.witness.heard, key=lambda heard: heard.case_id or "")
    assert found(replace(world, witness=replace(world.witness, heard=tuple(by_case)))) == []


def test_streams_may_have_no_numbers() -> None:
    world = good_world()
    heard = tuple(replace(each, sequence=None) for each in world.witness.heard)
    assert found(World(replace(world.witness, heard=heard), replace(world.stores, numbers={}))) == []


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_one_damage_is_complained_of_by_name(damage: Damage) -> None:
    complained = found(damage.do(good_world(), 0))
    assert [each for each in complained if each.startswith(damage.complaint)], complained


@settings(max_examples=150, deadline=None)
@given(world=GOOD_WORLDS)
def test_of_no_good_world_there_is_anything_to_complain(world: World) -> None:
    assert found(world) == []


@settings(max_examples=400, deadline=None)
@given(world=GOOD_WORLDS, damage=st.sampled_from(DAMAGES), pick=st.integers(0, 1000))
def test_any_damage_to_any_world_is_noticed(world: World, damage: Damage, pick: int) -> None:
    try:
        damaged = damage.do(world, pick)
    except Inapplicable:
        assume(False)
    assert [each for each in found(damaged) if each.startswith(damage.complaint)]
