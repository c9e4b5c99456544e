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
    assert set(path["post"]["responses"]) == {"201", "400", "default"}
    assert path["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/MakePlan"
    }


def test_names_in_the_document_are_those_on_the_wire(document: dict[str, Any]) -> None:
    assert set(document["components"]["schemas"]["MakePlan"]["properties"]) == {"caseHolder", "agreements"}
    parameters = document["paths"]["/v1/plans"]["get"]["parameters"]
    asked = [(each["in"], each["name"]) for each in parameters]
    assert asked == [("query", "fromYear"), ("header", "House"), ("header", "Standing-In-For")]
    assert "parameters" not in document["paths"]["/page"]["get"]


def test_a_command_tells_its_headers_and_the_refusals_that_go_with_them() -> None:
    from shared.web.tests.plans import Plans

    paths = openapi_document(Plans)["paths"]
    make, change = paths["/v1/plans"]["post"], paths["/v1/plans/{planId}/holder"]["post"]
    optional = {"House": False, "Standing-In-For": False}
    assert required_headers(make) == optional | {"Idempotency-Key": True}
    assert required_headers(change) == optional | {"Idempotency-Key": False, "If-Match": True}
    assert set(make["responses"]) == {"201", "400", "422", "default"}
    assert set(change["responses"]) == {"200", "400", "412", "422", "428", "default"}
    assert set(change["responses"]["200"]["headers"]) == {"API-Version", "ETag", "Idempotency-Replayed"}


def required_headers(operation: dict[str, Any]) -> dict[str, bool]:
    return {each["name"]: each["required"] for each in operation["parameters"] if each["in"] == "header"}


def test_what_has_a_version_tells_so() -> None:
    from shared.web.tests.plans import Plans

    document = openapi_document(Plans)
    validate(document)
    assert set(document["paths"]["/v1/plans/{planId}"]["get"]["responses"]["200"]["headers"]) == {"API-Version", "ETag"}


def test_who_may_call_is_told(document: dict[str, Any]) -> None:
    assert "process_director" in document["paths"]["/v1/plans/{planId}"]["post"]["description"]
    assert document["paths"]["/health/live"]["get"]["security"] == []


def test_an_answer_has_all_its_fields_and_a_body_no_others(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Plan"]["required"] == ["caseHolder", "house", "planId"]
    assert "additionalProperties" not in schemas["Plan"]
    assert schemas["MakePlan"]["additionalProperties"] is False
    assert schemas["Agreement"]["additionalProperties"] is False
    assert "errors" not in schemas["ProblemDocument"]["required"]
