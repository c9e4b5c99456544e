from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace
from typing import Any

import psycopg
import pytest

from tests.fault.oracle.rows import Followed, Moment, Numbers
from tests.fault.oracle.stores import Bookmark, Databases, Stores, Urls, connected
from tests.fault.oracle.tests.making import HOUSE, SERVICES, YEAR
from tests.fault.oracle.tests.planting import plant
from tests.fault.oracle.tests.worlds import good_world

NOWHERE = Bookmark(dict.fromkeys(SERVICES, 0), {})


@pytest.fixture
def urls(database_of: Callable[[str], str]) -> Urls:
    """The five services' databases, migrated and empty."""
    return {service: database_of(service) for service in SERVICES}


@pytest.fixture
def opened(urls: Urls) -> Iterator[Databases]:
    with connected(urls) as databases:
        yield databases


@pytest.fixture
def stores() -> Stores:
    """What a good world's stores hold, and an answered monitoring moment and table cases that run on besides.

    What is sealed is of no year, and not asked for.
    """
    stores = good_world().stores
    intake, weighing = replace(stores.intake, sealed=()), replace(stores.weighing, withdrawn=())
    meetings, aftercare, reporting = stores.meetings, stores.aftercare, stores.reporting
    [running, *closed] = meetings.table_cases
    moments = (Moment(meetings.action_plans[0], "week_1"),)
    unopened = Followed("00000000-0000-0000-0000-00000000000a", None, opened=False, closed=True)
    return replace(
        stores,
        intake=intake,
        weighing=weighing,
        meetings=replace(meetings, table_cases=(running._replace(closed=False), *closed), moments=moments),
        aftercare=replace(aftercare, table_cases=(*aftercare.table_cases, unopened)),
        reporting=replace(
            reporting, moments=moments, table_cases=(*reporting.table_cases, unopened._replace(at_table="-"))
        ),
    )


def test_what_the_databases_hold_is_read_whole(stores: Stores, urls: Urls, opened: Databases) -> None:
    plant(stores, urls, HOUSE, YEAR)
    assert counted(Stores.read(opened, HOUSE, YEAR, NOWHERE)) == counted(stores)


def test_another_house_or_year_is_not_read(urls: Urls, opened: Databases) -> None:
    plant(good_world(year=YEAR - 1).stores, urls, HOUSE, YEAR - 1)
    plant(good_world(year=YEAR - 2).stores, urls, "another-house", YEAR)
    bookmark = Bookmark.of(opened)
    nothing = Stores.read(opened, HOUSE, YEAR, bookmark)
    assert [part for store in SERVICES for part in asdict(getattr(nothing, store)).values() if part] == []
    assert set(nothing.parked.values()) == {()}


def test_what_stood_parked_before_a_round_is_not_of_it(stores: Stores, urls: Urls, opened: Databases) -> None:
    plant(good_world(year=YEAR - 1).stores, urls, HOUSE, YEAR - 1)
    bookmark = Bookmark.of(opened)
    plant(stores, urls, HOUSE, YEAR)
    assert Stores.read(opened, HOUSE, YEAR, bookmark).parked == stores.parked


def test_a_name_is_found_in_whichever_table_it_stands(urls: Urls, opened: Databases) -> None:
    with psycopg.connect(urls["weighing"]) as connection:
        connection.execute(
            "INSERT INTO suspects (case_id, house, listed_on) VALUES (gen_random_uuid(), 'Niemand''s huis', now())"
        )
    assert Stores.read(opened, HOUSE, YEAR, NOWHERE, ["Iemand", "Niemand's"]).traces == ("weighing.suspects",)


def test_what_waits_for_its_turn_is_counted(urls: Urls, opened: Databases) -> None:
    with psycopg.connect(urls["weighing"]) as connection:
        connection.execute(
            "INSERT INTO outbox (message_id, exchange, routing_key, ordering_key, correlation_id, body) "
            "SELECT gen_random_uuid(), '-', '-', gen_random_uuid(), gen_random_uuid(), '' FROM generate_series(1, 2)"
        )
    with psycopg.connect(urls["meetings"]) as connection:
        connection.execute(
            "INSERT INTO postponed (queue, sender, message_id, ordering_key, body, reason, next_attempt_at) "
            "VALUES ('-', '-', gen_random_uuid(), gen_random_uuid(), '', '-', now())"
        )
    assert Stores.read(opened, HOUSE, YEAR, NOWHERE).left == {"weighing.outbox": 2, "meetings.postponed": 1}


def test_the_numbers_given_in_a_round_are_read(urls: Urls, opened: Databases) -> None:
    with psycopg.connect(urls["intake"], autocommit=True) as connection:
        connection.execute("INSERT INTO streams (name, last) VALUES ('a-house.police', 7), ('a-house.prisons', 3)")
        bookmark = Bookmark.of(opened)
        connection.execute("UPDATE streams SET last = 9 WHERE name = 'a-house.police'")
        connection.execute("INSERT INTO streams (name, last) VALUES ('a-house.town', 1)")
    assert Stores.read(opened, HOUSE, YEAR, bookmark).numbers == {
        "a-house.police": Numbers(7, 9),
        "a-house.prisons": Numbers(3, 3),
        "a-house.town": Numbers(0, 1),
    }


def counted(stores: Stores) -> dict[str, Any]:
    """The stores' parts, in any order but for the journal."""
    parts: dict[str, Any] = {}
    for service in SERVICES:
        store = getattr(stores, service)
        parts |= {f"{service}.{field.name}": getattr(store, field.name) for field in fields(store)}
    return {name: rows if name == "reporting.journal" else Counter(rows) for name, rows in parts.items()}
