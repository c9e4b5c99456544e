"""The five OpenAPI documents follow the kinds of the Dutch API Design Rules that a document can show."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from shared.schemas import camel_case
from shared.web import openapi_document
from shared.web.descriptions import BY_NAME
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


def test_every_property_and_parameter_is_described(document: dict[str, Any]) -> None:
    described = (*properties(document), *_named(document))
    assert [name for name, each in described if not each.get("description")] == []


def test_a_value_with_a_format_has_an_example(document: dict[str, Any]) -> None:
    assert [name for name, each in properties(document) if "format" in each and "examples" not in each] == []


def parameters_in(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.get("parameters", ())
    for _, operation in operations(document):
        yield from operation.get("parameters", ())


def test_every_meaning_of_a_name_is_of_use() -> None:
    documents = [openapi_document(service_class(service)) for service in SERVICES]
    described = [each for document in documents for each in (*properties(document), *_named(document))]
    told = {(camel_case(name), each.get("description")) for name, each in described}
    assert [name for name, meaning in BY_NAME.items() if (camel_case(name), meaning) not in told] == []


def _named(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((each["name"], each) for each in parameters_in(document))
