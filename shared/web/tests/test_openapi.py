from typing import Any

from openapi_spec_validator import validate
from pytest import fixture

from shared.web import openapi_document


@fixture(scope="module")
def document() -> dict[str, Any]:
    # imported here, because the module makes its process cooperative
    from shared.web.tests.example import Example

    return openapi_document(Example)


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_a_path_tells_its_parameters_body_and_answers(document: dict[str, Any]) -> None:
    path = document["paths"]["/v1/plans/{planId}"]
    assert path["parameters"] == [
        {"in": "path", "name": "planId", "required": True, "schema": {"type": "string", "format": "uuid"}}
    ]
    assert set(path["post"]["responses"]) == {"201", "default"}
    assert path["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/MakePlan"
    }


def test_names_in_the_document_are_those_on_the_wire(document: dict[str, Any]) -> None:
    assert set(document["components"]["schemas"]["MakePlan"]["properties"]) == {"caseHolder", "agreements"}
    (parameter,) = document["paths"]["/v1/plans"]["get"]["parameters"]
    assert parameter["name"] == "fromYear"


def test_who_may_call_is_told(document: dict[str, Any]) -> None:
    assert "process_director" in document["paths"]["/v1/plans/{planId}"]["post"]["description"]
    assert "security" not in document["paths"]["/health/live"]["get"]
