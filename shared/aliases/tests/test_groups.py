"""Random merges and separations against a naive model."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.aliases.rules import SameRecord, check_two, one_id_each
from shared.aliases.store import AliasStore, Link
from shared.postgres import Statements
from shared.testing.plans import indexes_of

RECORDS = 6
DAY = date(2015, 3, 6)
Groups = list[set[int]]
Pair = tuple[int, int]
Step = tuple[str, int]

pairs = st.lists(st.permutations(range(RECORDS)).map(lambda order: (order[0], order[1])), min_size=1, max_size=7)


def subject(record: int) -> UUID:
    return UUID(int=100 + record)


def case(record: int) -> UUID:
    return UUID(int=200 + record)


def link(number: int, pair: Pair) -> Link:
    one, other = pair
    subjects, cases = (subject(one), subject(other)), (case(one), case(other))
    return Link(house="house", merge_id=UUID(int=number), subjects=subjects, cases=cases)


def take(store: AliasStore, step: Step, links: list[Pair]) -> None:
    kind, number = step
    tell = store.begin if kind == "begin" else store.end
    tell(link(number, links[number]), DAY)


def joined(links: Iterable[Pair]) -> Groups:
    """The naive model: whoever is linked falls together, until nothing changes."""
    groups = [{record} for record in range(RECORDS)]
    for one, other in links:
        of_one, of_other = (next(group for group in groups if record in group) for record in (one, other))
        if of_one is not of_other:
            groups.remove(of_other)
            of_one |= of_other
    return groups


def found(store: AliasStore, of: Any) -> Groups:
    number_of = {of(record): record for record in range(RECORDS)}
    groups: Groups = []
    for record in range(RECORDS):
        members = [number_of[id] for id in store.group(of(record))]
        assert members[0] == record
        if set(members) not in groups:
            groups.append(set(members))
    return groups


def same(one: Groups, other: Groups) -> bool:
    return sorted(map(sorted, one)) == sorted(map(sorted, other))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(links=pairs, data=st.data())
def test_whatever_is_told_in_whatever_order_the_groups_are_those_of_the_links_in_force(
    connection: psycopg.Connection[Any], links: list[Pair], data: st.DataObject
) -> None:
    every = [(kind, number) for kind in ("begin", "end") for number in range(len(links))]
    told = data.draw(st.lists(st.sampled_from(every), max_size=20))
    in_force = [
        links[number] for number in range(len(links)) if ("begin", number) in told and ("end", number) not in told
    ]
    with connection.transaction(force_rollback=True):
        store = AliasStore(Statements(connection))
        for step in told:
            take(store, step, links)
        assert same(found(store, subject), joined(in_force))
        assert same(found(store, case), joined(in_force))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(links=pairs)
def test_a_separation_restores_exactly_what_was_before_the_merge(
    connection: psycopg.Connection[Any], links: list[Pair]
) -> None:
    *earlier, last = range(len(links))
    with connection.transaction(force_rollback=True):
        store = AliasStore(Statements(connection))
        for number in earlier:
            take(store, ("begin", number), links)
        before = [found(store, subject), found(store, case)]
        take(store, ("begin", last), links)
        take(store, ("end", last), links)
        assert [found(store, subject), found(store, case)] == before


@given(links=pairs)
def test_two_ids_get_the_same_id_if_links_connect_them_and_only_then(links: list[Pair]) -> None:
    chosen = one_id_each([(subject(one), subject(other)) for one, other in links])
    for group in joined(links):
        ids = {chosen.get(subject(record), subject(record)) for record in group}
        assert ids == {subject(min(group))}


def test_a_link_of_a_record_with_itself_is_refused() -> None:
    with pytest.raises(SameRecord):
        check_two(subject(1), subject(1), "mergedSubjectId")


def test_many_ids_are_looked_up_from_the_index_alone(administrator: psycopg.Connection[Any]) -> None:
    ids = [UUID(int=1000 + number) for number in range(200)]
    assert indexes_of(administrator, lambda: AliasStore(Statements(administrator)).load(ids)) == {"aliases_in_force"}
