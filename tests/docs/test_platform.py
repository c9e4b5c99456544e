"""What the platform's documents say is true: events and their fields, settings, profiles, make targets, links."""

import re
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
from marshmallow import Schema

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
    for found in FIELDS.finditer((ROOT / "docs/architecture.md").read_text(encoding="utf-8")):
        names = _names(found["fields"])
        own = {name.removesuffix("?"): not name.endswith("?") for name in names if name != "common"}
        told[found["name"].strip("`")] = (told["common"] if "common" in names else {}) | own
    return told


def _names(fields: str) -> list[str]:
    for aside in ASIDES:
        fields = re.sub(aside, "", fields)
    return [name.strip() for name in fields.split(",")]


def schemas() -> dict[str, Schema]:
    """The schema of every message of the platform: the publisher's, and of what partners send the door's."""
    accepted = {type: route.schema for type, route in routes(DOOR).items() if type not in EVENTS}
    return accepted | {type: schema for service in SERVICES for type, schema in published(service).items()}


@pytest.mark.parametrize("type", schemas())
def test_the_fields_of_a_message_are_those_of_its_schema(type: str) -> None:
    fields = schemas()[type].fields.values()
    assert fields_told()[type] == {str(field.data_key): field.required for field in fields}


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
