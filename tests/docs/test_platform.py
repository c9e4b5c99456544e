"""What the platform's documents say is true: events and their fields, settings, profiles, make targets, links."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema
from marshmallow.fields import Field, Nested
from marshmallow.validate import OneOf

from shared.configuration import declared_settings
from shared.messaging.relay_settings import RelaySettings
from tests.contract.declared import DOOR, EVENTS, SERVICES, profiles, published, routes
from tests.docs.markdown import ROOT, links, rows_about


def ours(pattern: str) -> list[Path]:
    """The project's own files of this name."""
    return sorted(
        file
        for file in ROOT.rglob(pattern)
        if not any(part.startswith(".") or part == "build" for part in file.relative_to(ROOT).parts)
    )


DOCUMENTS = ours("*.md")
SOURCES = [*ours("*.py"), *ours("*.sql")]
TYPE = r"`[a-z-]+\.[a-z-]+\.v\d+`"
FIELDS = re.compile(rf"(?P<name>{TYPE}|common): (?P<fields>.+?)(?=\s*;\s*{TYPE}: |\n- |\n\n|\Z)", re.DOTALL)
ASIDES = (r"\([^()]*\)", r":?\s*\{[^{}]*\}", r"\[[^\[\]]*\]")
WITHIN = re.compile(r"(?P<name>\w+)\??:?\s*\[?\{(?P<fields>[^{}…]*)\}")
CHOICES = re.compile(r"(?P<name>\w+)\?? \((?P<values>`[^`]+`(?: \| `[^`]+`)+)[);,:]")
METRIC = re.compile(rf"`((?:messaging|http)_[a-z_]+|(?:{'|'.join(SERVICES)})_[a-z_]+_(?:total|seconds))`")
SOURCE = re.compile(r"`([a-z0-9_./-]+\.(?:py|sql))`")
TARGET = re.compile(r"\bmake ([a-z]+)\b")


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md"])
def test_the_table_of_events_is_the_topology(document: str) -> None:
    told = {
        row["event"]: {"publisher": row["publisher"], "consumers": row["consumers"].split(", ")}
        for row in rows_about("event", ROOT / document)
    }
    assert told == EVENTS


def fields_told() -> dict[str, dict[str, bool]]:
    """Of each message in the architecture's lists: its fields, and whether they are always there."""
    told: dict[str, dict[str, bool]] = {}
    for name, fields in messages_told():
        own = _names(fields)
        told[name] = (told["common"] if own.pop("common", False) else {}) | own
    return told


def messages_told() -> list[tuple[str, str]]:
    """Of each message in the architecture's lists what is told of its fields."""
    lists = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    return [(found["name"].strip("`"), found["fields"]) for found in FIELDS.finditer(lists)]


def _names(fields: str) -> dict[str, bool]:
    """Each field, and whether it is always there."""
    for aside in ASIDES:
        fields = re.sub(aside, "", fields)
    names = [name.strip() for name in fields.split(",")]
    return {name.removesuffix("?"): not name.endswith("?") for name in names}


def fields_told_within() -> dict[str, dict[str, dict[str, bool]]]:
    """Of each message the fields with fields of their own: these, and whether they are always there."""
    return {
        type: {found["name"]: _names(found["fields"]) for found in WITHIN.finditer(re.sub(ASIDES[0], "", fields))}
        for type, fields in messages_told()
    }


def fields_within(schema: Schema) -> dict[str, dict[str, bool]]:
    return {
        name: {str(each.data_key): each.required for each in field.schema.fields.values()}
        for name, field in fields_of(schema)
        if isinstance(field, Nested)
    }


def fields_of(schema: Schema) -> Iterator[tuple[str, Field[Any]]]:
    """The fields of a message; of a list the field of an item."""
    for name, field in schema.fields.items():
        while hasattr(field, "inner"):
            field = field.inner
        yield str(schema.fields[name].data_key), field


def choices(schema: Schema) -> Iterator[tuple[str, set[str]]]:
    """The values that fields of a message may have, within other fields too."""
    for name, field in fields_of(schema):
        if isinstance(field, Nested):
            yield from choices(field.schema)
        yield from ((name, set(each.choices)) for each in field.validators if isinstance(each, OneOf))


def schemas() -> dict[str, Schema]:
    """The schema of every message of the platform: the publisher's, and of what partners send the door's."""
    accepted = {type: route.schema for type, route in routes(DOOR).items() if type not in EVENTS}
    return accepted | {type: schema for service in SERVICES for type, schema in published(service).items()}


@pytest.mark.parametrize("type", schemas())
def test_the_fields_of_a_message_are_those_of_its_schema(type: str) -> None:
    fields = schemas()[type].fields.values()
    assert fields_told()[type] == {str(field.data_key): field.required for field in fields}


@pytest.mark.parametrize("type", schemas())
def test_the_fields_within_a_field_are_those_of_its_schema(type: str) -> None:
    """Told with the message, or in the same words with another message before."""
    told = fields_told_within()
    for name, fields in fields_within(schemas()[type]).items():
        own = told[type].get(name)
        assert own == fields or (own is None and fields in [each.get(name) for each in told.values()])


@pytest.mark.parametrize(("type", "fields"), messages_told(), ids=[type for type, _ in messages_told()])
def test_the_values_of_a_field_are_those_of_its_schema(type: str, fields: str) -> None:
    """Where the schema names any, and not the profile."""
    possible = [*choices(schemas().get(type) or schemas()["arrest-notices.submitted.v1"])]
    for found in CHOICES.finditer(fields):
        told = set(re.findall("`(.+?)`", found["values"]))
        assert told in [values for name, values in possible if name == found["name"]] or (
            found["name"] not in dict(possible)
        )


def test_the_settings_of_the_relay_are_those_that_it_reads() -> None:
    told = {(row["setting"], row["default"]) for row in rows_about("setting", ROOT / "shared/messaging/README.md")}
    assert told == {
        (each.name, "required" if each.default is None else each.default) for each in declared_settings(RelaySettings)
    }


def test_the_guide_to_house_profiles_names_every_key_that_a_profile_has() -> None:
    guide = ROOT / "houses/README.md"
    told = {row["key"].split()[0].strip("[]") for row in rows_about("key", guide)}
    told |= {row["list"] for row in rows_about("list", guide) if row["list"] and "." not in row["list"]}
    assert told == set(chain.from_iterable(profiles().values()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_metric_that_is_named_is_counted(document: Path) -> None:
    modules = [
        "shared.observability.messaging",
        "shared.web.metrics",
        *(f"services.{each}.metrics" for each in SERVICES),
    ]
    counted = {metric.name for module in modules for metric in import_module(module).METRICS.definitions}
    assert set(METRIC.findall(document.read_text(encoding="utf-8"))) - counted == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_link_leads_somewhere(document: Path) -> None:
    inside = [target.partition("#")[0] for target in links(document) if "://" not in target]
    assert [target for target in inside if target and not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_source_that_is_named_exists(document: Path) -> None:
    """Below the folder that the document is about, or told from the top, or made by an example of the document."""
    folder = document.parent if document.name == "README.md" else ROOT
    below = [f"/{source.relative_to(folder)}" for source in SOURCES if source.is_relative_to(folder)]
    text = document.read_text(encoding="utf-8")
    elsewhere = [name for name in SOURCE.findall(text) if not any(each.endswith(f"/{name}") for each in below)]
    assert [
        name for name in elsewhere if not (ROOT / name).exists() and f"--- /dev/null\n+++ b/{name}" not in text
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_make_target_exists(document: Path) -> None:
    shown = re.findall(r"`[^`\n]+`|```.+?```", document.read_text(encoding="utf-8"), re.DOTALL)
    named = {target for code in shown for target in TARGET.findall(code)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8") if named else ""
    assert [target for target in sorted(named) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
