"""Plants words in the free texts of commands, and looks where in a service they can be read afterwards.

planter = Planter(Meetings)
planting = planter.of(service)      # a RunningService that plants in whatever is posted
planter.not_planted                 # texts that no command has brought yet
found(service)                      # tables and events in which a word can be read
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from shared.messaging.sealing import Sealer
from shared.testing.keys import KEYS
from shared.testing.outbox import outbox_of
from shared.testing.service import Answer, RunningService
from shared.web import openapi_document

WORD = "gierzwaluw"
"""Nobody writes it otherwise."""
FREE = 500
"""A string that may be as long, or longer, is a text that a person writes; anything shorter is a code or a name."""


@dataclass
class Planter:
    """Knows the texts of the commands of a service class. codes: those that are none, because a rule checks them."""

    service: Any
    codes: frozenset[str] = frozenset()
    _planted: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self._document = openapi_document(self.service)
        self._commands = {path: operations["post"] for path, operations in self._own_paths() if "post" in operations}

    def of(self, running: RunningService) -> "PlantingService":
        """The service, as one that plants."""
        return PlantingService(**{each.name: getattr(running, each.name) for each in fields(running)}, planter=self)

    @property
    def not_planted(self) -> set[str]:
        """The texts, as `correctPlan.because`, that no command has brought."""
        every = {name for command in self._commands.values() for name in self._texts(command)}
        return every - self._planted - self.codes

    def plant(self, path: str, body: Any) -> Any:
        """The body of a command, with a word in each text that it has."""
        for route, command in self._commands.items():
            if re.fullmatch(re.sub(r"{\w+}", "[^/]+", route), path):
                return self._walk(_body_of(command), body, command["operationId"])
        return body

    def _own_paths(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for path, operations in self._document["paths"].items():
            if "parked" not in path:
                yield path, operations

    def _walk(self, schema: Mapping[str, Any], value: Any, name: str) -> Any:
        schema = self._resolved(schema)
        if isinstance(value, dict):
            known = schema.get("properties", {})
            return {key: self._walk(known.get(key, {}), each, f"{name}.{key}") for key, each in value.items()}
        if isinstance(value, list):
            return [self._walk(schema.get("items", {}), each, name) for each in value]
        if isinstance(value, str) and _is_free(schema) and name not in self.codes:
            self._planted.add(name)
            return f"{value} {WORD} {next(self._numbers)}"
        return value

    def _texts(self, command: Mapping[str, Any]) -> Iterator[str]:
        yield from self._texts_in(_body_of(command), command["operationId"])

    def _texts_in(self, schema: Mapping[str, Any], name: str) -> Iterator[str]:
        schema = self._resolved(schema)
        if _is_free(schema):
            yield name
        for key, inner in schema.get("properties", {}).items():
            yield from self._texts_in(inner, f"{name}.{key}")
        if "items" in schema:
            yield from self._texts_in(schema["items"], name)

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema that a reference names, also if it may be null."""
        for option in (schema, *schema.get("anyOf", ()), *schema.get("allOf", ())):
            if "$ref" in option:
                resolved: Mapping[str, Any] = self._document["components"]["schemas"][option["$ref"].rpartition("/")[2]]
                return resolved
        return schema


@dataclass(frozen=True, kw_only=True)
class PlantingService(RunningService):
    """A service whose commands all bring planted words."""

    planter: Planter

    def post(
        self, path: str, body: Any, caller: str = "", *, key: UUID | None = None, version: int | None = None
    ) -> Answer:
        return super().post(path, self.planter.plant(path, body), caller, key=key, version=version)


def found(running: RunningService) -> list[str]:
    """The tables and events of a service in which a planted word can be read."""
    with psycopg.connect(running.database.owner_url) as connection:
        events = [row["routing_key"] for row in outbox_of(connection, Sealer(KEYS)) if WORD in str(row["event"])]
        metrics = [line for line in running.get("/metrics").text.splitlines() if WORD in line]
        return tables_with_word(connection) + events + metrics


def tables_with_word(connection: psycopg.Connection[Any]) -> list[str]:
    """The tables of a database in which a planted word can be read."""
    return [table for table in _tables(connection) if _holds(connection, table)]


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    return [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def _holds(connection: psycopg.Connection[Any], table: str) -> bool:
    """Whether a row holds a planted word; a column of bytes shows it in hexadecimal digits."""
    query = sql.SQL("SELECT FROM {} AS each WHERE each::text LIKE ANY(%s)").format(sql.Identifier(table))
    patterns = [f"%{WORD}%", f"%{WORD.encode().hex()}%"]
    return connection.execute(query, [patterns]).fetchone() is not None


def _body_of(command: Mapping[str, Any]) -> Mapping[str, Any]:
    content = command.get("requestBody", {}).get("content", {})
    schema: Mapping[str, Any] = content.get("application/json", {}).get("schema", {})
    return schema


def _is_free(schema: Mapping[str, Any]) -> bool:
    return "string" in schema.get("type", ()) and schema.get("maxLength", 0) >= FREE and "pattern" not in schema
