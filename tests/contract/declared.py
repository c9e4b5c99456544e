"""What the code declares, and the examples that publishers and consumers keep to."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docs.declared import EVENTS, HOUSES, ROOT, SERVICES, TOPOLOGY, published, routes, service_class
from shared.messaging.envelope import TYPE_PREFIX

__all__ = ["DOOR", "EVENTS", "HOUSES", "ROOT", "SERVICES", "TOPOLOGY", "published", "routes", "service_class"]
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


@cache
def profiles() -> Mapping[str, Mapping[str, Any]]:
    """The house profiles as they stand in their files."""
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(HOUSES.glob("*.toml"))}


def partners() -> list[dict[str, Any]]:
    return [partner for profile in profiles().values() for partner in profile["partners"]]


def examples_of_services() -> list[Example]:
    return [Example(service, file) for service in SERVICES for file in sorted(_examples_of(service).glob("*.json"))]


def examples_of_partners() -> list[Example]:
    return [Example(DOOR, file) for file in sorted((_examples_of(DOOR) / "partners").glob("*.json"))]


def _examples_of(service: str) -> Path:
    return ROOT / "services" / service / "messages" / "examples"
