"""Every list over HTTP is a page, or a list of few items, and has a bound that its document tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shared.web import PUBLIC, lookup, openapi_document
from shared.web.offer import TooManyItems
from shared.web.paging import MOST_ITEMS
from tests.contract.declared import ROOT, SERVICES, service_class


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    number: int


def answers(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each operation with a JSON answer: its name, its parameters by name, and the schema of the answer."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"].get("200", {}).get("content", {}) if method != "parameters" else {}
            if schema := content.get("application/json", {}).get("schema"):
                name = schema.get("$ref", "").rpartition("/")[2]
                parameters = {each["name"]: each["schema"] for each in operation.get("parameters", ())}
                yield f"{method} {path}", parameters, document["components"]["schemas"].get(name, schema)


@pytest.mark.parametrize("service", SERVICES)
def test_a_list_or_page_has_a_bound(service: str) -> None:
    for name, parameters, schema in answers(openapi_document(service_class(service))):
        if schema.get("type") == "array":
            assert schema["maxItems"] <= MOST_ITEMS, name
        elif name.startswith("get ") and "next" in schema.get("properties", {}):
            assert parameters["limit"]["maximum"] <= MOST_ITEMS, name


@pytest.mark.parametrize("file", sorted(ROOT.glob("services/*/*/endpoints.py")), ids=lambda file: file.parent.name)
def test_what_is_read_for_a_page_has_a_bound(file: Path) -> None:
    paged = file.read_text(encoding="utf-8").count("paged=True")
    if paged:
        assert file.with_name("queries.sql").read_text(encoding="utf-8").count("LIMIT %(limit)s") >= paged


def test_a_list_without_pages_is_no_longer_than_its_bound() -> None:
    houses = lookup(action=PUBLIC, gives=House, many=True)(lambda call, unit: [])
    assert houses.response([House(number=1)] * MOST_ITEMS).status_code == 200
    with pytest.raises(TooManyItems):
        houses.response([House(number=1)] * (MOST_ITEMS + 1))
