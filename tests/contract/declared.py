"""What the code declares: who publishes and reads what, and the examples that both sides keep to."""

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from marshmallow import Schema
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from deploy.topology import Topology
from shared.configuration import ProfileSchema, load_profiles
from shared.messaging.entrypoint import BatchConsumer
from shared.messaging.envelope import TYPE_PREFIX
from shared.messaging.publishing import schemas_of
from shared.messaging.reader import Route
from shared.messaging.units import Units

ROOT = Path(__file__).parents[2]
HOUSES = ROOT / "houses"
TOPOLOGY = Topology.load(HOUSES)
EVENTS: Mapping[str, Any] = TOPOLOGY.file["events"]
SERVICES: tuple[str, ...] = TOPOLOGY.services
DOOR: str = TOPOLOGY.file["partners"]["door"]


@dataclass(frozen=True)
class Example:
    """A message as it goes over the wire; `publisher` is the service that keeps it."""

    publisher: str
    file: Path

    @property
    def message(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        return message

    @property
    def type(self) -> str:
        """The short type."""
        return str(self.message["type"]).removeprefix(TYPE_PREFIX)

    def __str__(self) -> str:
        return f"{self.publisher}/{self.file.stem}"


def service_class(service: str) -> type:
    """The nameko class of a service."""
    module = import_module(f"services.{service}.service")
    [found] = [
        each for _, each in inspect.getmembers(module, inspect.isclass) if getattr(each, "name", None) == service
    ]
    return found


def routes(service: str) -> dict[str, Route]:
    """Every route of a service's queues by type, its partners' included."""
    return {type: route for consumer in _consumers(service_class(service)) for type, route in consumer.routes.items()}


def _consumers(service: type) -> Iterator[BatchConsumer]:
    for _, method in inspect.getmembers(service, inspect.isfunction):
        for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            if isinstance(entrypoint, BatchConsumer):
                yield entrypoint


def published(service: str) -> Mapping[str, Schema]:
    """The schema of each type that a service publishes."""
    [units] = (each for each in vars(service_class(service)).values() if isinstance(each, Units))
    return schemas_of(units.publishes)


@cache
def profiles() -> Mapping[str, Mapping[str, Any]]:
    """The house profiles as they stand in their files."""

    class Whole(ProfileSchema):
        class Meta:
            unknown = "include"

    return load_profiles(HOUSES, Whole())


def partners() -> list[dict[str, Any]]:
    return [partner for profile in profiles().values() for partner in profile["partners"]]


def examples_of_services() -> list[Example]:
    return [Example(service, file) for service in SERVICES for file in sorted(_examples_of(service).glob("*.json"))]


def examples_of_partners() -> list[Example]:
    return [Example(DOOR, file) for file in sorted((_examples_of(DOOR) / "partners").glob("*.json"))]


def _examples_of(service: str) -> Path:
    return ROOT / "services" / service / "messages" / "examples"
