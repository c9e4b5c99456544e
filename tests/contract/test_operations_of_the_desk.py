"""What the tests of the desk's Beheer take for answers of reporting is what reporting's document says."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from desk.tests.operations.told import ANSWERS
from shared.web import openapi_document
from tests.contract.declared import service_class

PATHS = {
    "/parked-messages/intake": "/parked-messages/{service}",
    "/parked-messages/intake/4711": "/parked-messages/{service}/{id}",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document(service_class("reporting"))


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_is_as_the_document_says(document: dict[str, Any], path: str) -> None:
    operation = document["paths"][f"/v1/operations{PATHS.get(path, path)}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": document["components"]})
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(ANSWERS[path])] == []
