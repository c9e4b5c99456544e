"""What the code declares: which service listens to, publishes and offers what."""

import inspect
import tomllib
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from marshmallow import Schema

from deploy.topology import Topology
from shared.configuration import ServiceSettings, Setting, declared_settings
from shared.messaging.entrypoint import consumers_of
from shared.messaging.publishing import schemas_of
from shared.messaging.reader import Route
from shared.messaging.units import Units

ROOT = Path(__file__).parents[1]
HOUSES = ROOT / "houses"
TOPOLOGY = Topology.load(HOUSES)
REFUSALS: Mapping[str, Any] = tomllib.loads((ROOT / "docs/refusals.toml").read_text(encoding="utf-8"))
"""Every code with which a partner's message can be refused."""
EVENTS: Mapping[str, Any] = TOPOLOGY.file["events"]
SERVICES: tuple[str, ...] = TOPOLOGY.services


def service_class(service: str) -> Any:
    """The nameko class of a service."""
    module = import_module(f"services.{service}.service")
    [found] = [
        kind for _, kind in inspect.getmembers(module, inspect.isclass) if getattr(kind, "name", None) == service
    ]
    return found


def routes(service: str) -> dict[str, Route[Any]]:
    """Every route of a service's queues by type, its partners' included."""
    consumers = consumers_of(service_class(service))
    return {type: route for consumer in consumers for type, route in consumer.routes.items()}


def publishes(service: str) -> Mapping[str, Any]:
    """The class of each message that a service publishes, by short type."""
    [units] = (each for each in vars(service_class(service)).values() if isinstance(each, Units))
    return units.publishes


def published(service: str) -> Mapping[str, Schema]:
    """The schema of each message that a service publishes, by short type."""
    return schemas_of(publishes(service))


def settings_of(service: str) -> list[Setting]:
    """The settings of a service's worker."""
    return list(declared_settings(settings_class(service)))


def settings_class(service: str) -> type[ServiceSettings]:
    """The settings of a service's worker: the service's own class if it has one."""
    if not find_spec(f"services.{service}.settings"):
        return ServiceSettings
    module = import_module(f"services.{service}.settings")
    kinds = [kind for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, ServiceSettings)]
    return next(kind for kind in kinds if kind is not ServiceSettings)


def houses(service: str, directory: Path) -> Mapping[str, Any]:
    """The houses of a directory as the service reads them."""
    found: Mapping[str, Any] = import_module(f"services.{service}.profile").load_houses(directory)
    return found
