"""Each day that somebody states has its bounds, at whichever door it comes in: no fact lies in 1970, 2062 or 9999."""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from shared.days import DayBound, HouseDay
from shared.schemas.derived import parsed
from shared.web.openapi import offers_of
from tests.contract.declared import DOOR, EVENTS, SERVICES, routes, service_class

EXCEPTIONS = {
    "OutflowList.rows.detained_on": "checked by the list's own rule, which names the column and not the field",
    "OutflowList.rows.released_on": "as the column before it",
}
"""Days without bounds of `shared.days`, and why. Look-ups by query record nothing; between services, days were checked
where they came in."""


def days_without_bounds(kind: type, path: str = "") -> Iterator[str]:
    """The plain dates of a class and of the classes inside it, each by its path."""
    path = path or kind.__name__
    for name, annotation in get_type_hints(kind, include_extras=True).items():
        yield from _without_bounds(annotation, f"{path}.{name}")


def _without_bounds(annotation: Any, path: str) -> Iterator[str]:
    hint = parsed(annotation)
    if hint.type is date and not any(isinstance(extra, DayBound) for extra in hint.extras):
        yield path
    elif is_dataclass(hint.type) or hasattr(hint.type, "_fields"):
        yield from days_without_bounds(hint.type, path)
    else:
        for inner in (argument for argument in get_args(hint.type) if isinstance(parsed(argument).type, type)):
            yield from _without_bounds(inner, path)


def commands(service: str) -> set[type]:
    """The classes of the bodies that a service takes; one endpoint of the operators has a schema of no class."""
    taken = (offer.takes for offer in offers_of(service_class(service)) if offer.takes)
    return {schema.message_class for schema in taken if hasattr(schema, "message_class")}


def partners_messages() -> set[type]:
    return {route.message for type, route in routes(DOOR).items() if type not in EVENTS}


@pytest.mark.parametrize("service", SERVICES)
def test_each_day_of_a_command_or_of_a_partners_message_has_bounds(service: str) -> None:
    stated = commands(service) | (partners_messages() if service == DOOR else set())
    assert {day for kind in stated for day in days_without_bounds(kind)} - EXCEPTIONS.keys() == set()


def test_no_exception_is_there_for_nothing() -> None:
    found = {day for kind in partners_messages() for day in days_without_bounds(kind)}
    assert found == EXCEPTIONS.keys()


@dataclass(frozen=True)
class Part:
    due_on: date | None = None


@dataclass(frozen=True)
class Command:
    on: HouseDay
    parts: tuple[Part, ...] = ()


def test_a_plain_date_inside_a_list_of_a_command_is_found() -> None:
    assert list(days_without_bounds(Command)) == ["Command.parts.due_on"]
