"""The five OpenAPI documents follow the kinds of the Dutch API Design Rules that a document can show."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from shared.web import openapi_document
from tests.contract.declared import SERVICES, service_class

ONLY_PYTHON = re.compile(r"\\[ZAd]|\(\?[a-zA-Z<P]")
DAY = re.compile(r"[a-z]On$")


@pytest.fixture(scope="module", params=SERVICES)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return openapi_document(service_class(request.param))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield f"{method} {path}", operation


def properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every schema, by its name."""
    if isinstance(part, dict):
        yield from ((name, each) for name, each in part.get("properties", {}).items() if isinstance(each, dict))
        part = list(part.values())
    if isinstance(part, list):
        for below in part:
            yield from properties(below)


def test_the_document_says_where_the_api_is_and_who_answers_for_it(document: dict[str, Any]) -> None:
    assert document["servers"]
    assert set(document["info"]["contact"]) == {"name", "url", "email"}


def test_every_response_declares_the_version(document: dict[str, Any]) -> None:
    responses = ((name, each) for name, operation in operations(document) for each in operation["responses"].values())
    assert [name for name, response in responses if "API-Version" not in response["headers"]] == []


def test_every_operation_declares_bad_requests_access_and_a_known_tag(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert "400" in operation["responses"], name
        assert "security" in operation, name
        assert set(operation["tags"]) <= tags, name


def test_every_validator_reads_the_regular_expressions(document: dict[str, Any]) -> None:
    patterns = [schema["pattern"] for _, schema in properties(document) if "pattern" in schema]
    assert [pattern for pattern in patterns if ONLY_PYTHON.search(pattern)] == []


def test_every_day_is_declared_as_a_date(document: dict[str, Any]) -> None:
    days = (
        (name, schema)
        for name, schema in properties(document)
        if DAY.search(name) and "string" in schema.get("type", "")
    )
    assert [name for name, schema in days if schema.get("format") != "date"] == []


def test_an_error_declares_its_codes_and_each_schema_its_own_name(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert {"field", "reason", "code"} <= set(schemas["Problem"]["properties"])
    assert [name for name in schemas if name[-1].isdigit()] == []
