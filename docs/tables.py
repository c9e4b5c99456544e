"""The tables of the documents that follow from the code: cog writes them, `make docs`, and `make check` compares.

<!-- [[[cog from docs.tables import events; events("meetings") ]]] -->
<!-- [[[end]]] -->
"""

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import cog

from desk.settings import DeskSettings
from desk.vendor import packages
from docs.declared import EVENTS, HOUSES, REFUSALS, publishes, routes, service_class, settings_of
from shared.configuration import Setting, declared_settings
from shared.messaging import Route
from shared.messaging.relay_settings import RelaySettings
from shared.web import AUDIT, COMMON, PARKING, Offer
from shared.web.openapi import offers_of

PROFILE: Mapping[str, Any] = json.loads((HOUSES / "profile.schema.json").read_text(encoding="utf-8"))
OWN_TYPE = re.compile(r"^`[^`]+`(?: of \w+)?[:.;]? *")


def refusals() -> None:
    """Every code with which a partner's message can be refused."""
    rows = (
        (f"`{code}`", about.get("field", ""), ", ".join(f"`{reason}`" for reason in about["reasons"]), about["do"])
        for code, about in REFUSALS.items()
    )
    _table(("code", "field", "reason", "what to do"), rows)


def all_events() -> None:
    """Every event with its publisher and consumers."""
    rows = ((f"`{type}`", event["publisher"], ", ".join(event["consumers"])) for type, event in EVENTS.items())
    _table(("event", "publisher", "consumers"), rows)


def events(service: str) -> None:
    """What a service listens to, by its handlers, and what it publishes, by its messages."""
    heard = [(f"`{type}`", "in", _heard(route, [*routes(service).values()])) for type, route in routes(service).items()]
    told = [(f"`{type}`", "out", _about(message)) for type, message in publishes(service).items()]
    _table(("event", "direction", "what it does"), (*heard, *told))


def _heard(route: Route[Any], all: Sequence[Route[Any]]) -> str:
    """Of a handler of several types the message says it, unless the message is of several types too."""
    is_shared = [each.handler for each in all].count(route.handler) > 1
    says_it = [each.message for each in all].count(route.message) == 1
    return _about(route.message) if is_shared and says_it else _first_line(route.handler)


def endpoints(service: str) -> None:
    """What a service offers, beside what all services do."""
    common = {offer.name for offer in (*COMMON.values(), *AUDIT.values(), *PARKING.values())}
    offers = [offer for offer in offers_of(service_class(service)) if offer.name not in common]
    rows = ((f"`{offer.method} {offer.route}`", _roles(offer), _told(offer)) for offer in offers)
    _table(("endpoint", "roles", "what it does"), rows)


def settings(service: str) -> None:
    """What a service's worker is told by its environment."""
    _settings(settings_of(service))


def relay_settings() -> None:
    """What a relay is told by its environment."""
    _settings(declared_settings(RelaySettings))


def desk_settings() -> None:
    """What the desk is told by its environment."""
    _settings(declared_settings(DeskSettings))


def metrics(service: str) -> None:
    """What a service counts."""
    _metrics(f"services.{service}.metrics")


def desk_metrics() -> None:
    """What the desk counts."""
    _metrics("desk.metrics")


def vendored() -> None:
    """The packages whose files stand in the repository for the desk and its tests."""
    rows = ((f"`{each.name}`", each.version, each.licence, f"`{each.into}`") for each in packages())
    _table(("package", "version", "licence", "where"), rows)


def _metrics(module: str) -> None:
    definitions = import_module(module).METRICS.definitions
    rows = ((f"`{metric.name}`", ", ".join(metric.labels), metric.description) for metric in definitions)
    _table(("metric", "labels", "description"), rows)


def bounds(listed: Iterable[Sequence[str]]) -> None:
    """Bounds, as docs/bounds.py lists them."""
    _table(("bound", "value", "why", "what happens to what goes over it"), listed)


def profile_keys() -> None:
    """The keys of a house's profile that have one value, and those of its sections."""
    rows = []
    for key, described in PROFILE["properties"].items():
        if described["type"] == "object":
            rows += [(f"`[{key}]` `{inner}`", about["description"]) for inner, about in described["properties"].items()]
        elif described["type"] != "array":
            rows.append((f"`{key}`", described["description"]))
    _table(("key", "meaning"), rows)


def profile_lists() -> None:
    """The lists of a house's profile, each with the keys of an entry."""
    lists = {key: described for key, described in PROFILE["properties"].items() if described["type"] == "array"}
    _table(("list", "key", "meaning"), (row for key, described in lists.items() for row in _list(key, described)))


def _list(name: str, described: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    yield f"`{name}`", "", described["description"]
    entry = described["items"]
    for key, about in entry["properties"].items():
        yield "", f"`{key}`{'' if key in entry['required'] else '?'}", _meaning(about)
        if "properties" in about.get("items", {}):
            yield from _list(f"{name}.{key}", about)


def _meaning(about: Mapping[str, Any]) -> str:
    allowed = about.get("enum") or about.get("items", {}).get("enum")
    told = str(about["description"])
    return f"{told}: {', '.join(f'`{value}`' for value in allowed)}" if allowed else told


def _settings(declared: Iterable[Setting]) -> None:
    rows = ((f"`{setting.name}`", setting.description, _default(setting)) for setting in declared)
    _table(("setting", "description", "default"), rows)


def _default(setting: Setting) -> str:
    if setting.default is None:
        return "required"
    return f"`{setting.default}`" if setting.default else ""


def _told(offer: Offer) -> str:
    """The summary, with the names of the fields that the caller gives."""
    schema = offer.takes or offer.query
    names = ", ".join(f"`{field.data_key}`" for field in schema.fields.values()) if schema else ""
    return f"{offer.summary}: {names}" if names else offer.summary


def _roles(offer: Offer) -> str:
    return ", ".join(f"`{role}`" for role in sorted(offer.action.functions)) or "anybody"


def _about(message: Any) -> str:
    """The first paragraph about a message, without its type."""
    paragraph = (inspect.getdoc(message) or "").partition("\n\n")[0]
    return OWN_TYPE.sub("", " ".join(paragraph.split())).removesuffix(".")


def _first_line(documented: Any) -> str:
    """What it does, without the errors that it raises."""
    line = (inspect.getdoc(documented) or "").partition("\n")[0]
    return line.partition(" Raises ")[0].removesuffix(".")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    cog.outl(f"| {' | '.join(header)} |")
    cog.outl("|" + "---|" * len(header))
    for row in rows:
        cog.outl(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")
