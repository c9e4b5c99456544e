"""Whoever is told that something waits may open the page where it is done."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask

from desk.database import Database
from desk.tests.conftest import desk_with
from desk.tests.given_briefing import FIRST, ON
from desk.work.views import page_of
from desk.work.words import KINDS
from docs.declared import SERVICES, service_class
from shared.web.openapi import offers_of
from shared.web.parking import MANAGE_PARKED
from shared.web.work import PARKED_MESSAGES, Find, Kind, WorkOffer
from tests.security.promised_pages import BY_FUNCTION

OF_THE_STORE = {"assignments": {"conversation", "trajectory"}}
"""The kinds that a look-up does not name itself."""


@pytest.fixture
def app() -> Iterator[Flask]:
    """A desk whose database nobody asks."""
    database = Database("postgresql://desk:password@127.0.0.1:1/desk", patience_seconds=0.2)
    yield desk_with(database).app
    database.close()


def told() -> dict[str, set[str]]:
    """Of each kind of work the functions that are told of it."""
    offers = (offer for service in SERVICES for offer in offers_of(service_class(service)))
    found = defaultdict(set, {PARKED_MESSAGES: set(MANAGE_PARKED.functions)})
    for each in (kind for offer in offers if isinstance(offer, WorkOffer) for kind in offer.kinds):
        for name in names_of(each):
            found[name] |= each.action.functions
    return found


def names_of(kind: Kind) -> set[str]:
    """What a look-up calls the work that it finds, `breach_{state}` included."""
    quoted = re.findall(r'"([a-z_]+)(["{])', source_of(kind.find))
    named = {name for name in KINDS for word, end in quoted if name == word or (end == "{" and name.startswith(word))}
    return named | OF_THE_STORE.get(kind.find.__name__, set())


def source_of(find: Find) -> str:
    """Of a look-up and of the functions beside it that it hands its work to."""
    source, beside = inspect.getsource(find), inspect.getmodule(find)
    return source + "".join(inspect.getsource(getattr(beside, name)) for name in re.findall(r"\b_\w+(?=\()", source))


def route_of(name: str, app: Flask) -> str:
    """Of the page that work of this kind leads to."""
    page = urlsplit(page_of({"kind": name, "objectId": FIRST, "caseId": FIRST, "dueOn": ON})).path
    rule, _ = app.url_map.bind("desk").match(page, return_rule=True)
    return f"GET {re.sub('<[^>]*:', '<', rule.rule)}"


def test_every_kind_of_work_opens_for_each_function_that_is_told_of_it(app: Flask) -> None:
    assert told().keys() == KINDS.keys()
    app.config["SERVER_NAME"] = "desk"
    with app.app_context():
        shut = {name: functions - BY_FUNCTION[route_of(name, app)] for name, functions in told().items()}
    assert {name: functions for name, functions in shut.items() if functions} == {}
