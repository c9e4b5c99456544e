import pytest
from marshmallow import ValidationError, fields, validate

from shared.messaging.outcomes import NotFound, Problem, Rejected, outcome_of
from shared.messaging.schema import MessageSchema, StrictSchema, problems_of


class Agreement(StrictSchema):
    life_domain = fields.String(required=True, validate=validate.OneOf(["housing"]))


class Plan(StrictSchema):
    case_holder = fields.String(required=True)
    agreements = fields.List(fields.Nested(Agreement))


class Glimpse(MessageSchema):
    case_holder = fields.String()


def problems_in(document: object) -> list[Problem]:
    with pytest.raises(ValidationError) as failure:
        Plan().load(document)  # type: ignore[arg-type]
    return problems_of(failure.value)


def test_names_are_camel_case_on_the_wire_and_snake_case_inside() -> None:
    assert Plan().load({"caseHolder": "politie"}) == {"case_holder": "politie"}
    assert Plan().dump({"case_holder": "politie"}) == {"caseHolder": "politie"}


def test_a_tolerant_schema_leaves_out_what_it_does_not_know() -> None:
    assert Glimpse().load({"caseHolder": "politie", "more": 1}) == {"case_holder": "politie"}


def test_a_strict_schema_names_the_unknown_field() -> None:
    assert problems_in({"caseHolder": "politie", "more": 1}) == [Problem("more", "Unknown field.")]


def test_a_wrong_field_deep_inside_is_named_by_its_path() -> None:
    found = problems_in({"caseHolder": "politie", "agreements": [{"lifeDomain": "housing"}, {"lifeDomain": "moon"}]})
    assert found == [Problem("agreements[1].lifeDomain", "Must be one of: housing.")]


def test_every_wrong_field_is_named_at_once() -> None:
    assert {field for field, _ in problems_in({"agreements": 3})} == {"caseHolder", "agreements"}


def test_a_document_of_another_shape_is_wrong_as_a_whole() -> None:
    assert problems_in([]) == [Problem("", "Invalid input type.")]


def test_an_error_of_one_field_keeps_its_field() -> None:
    assert problems_of(ValidationError("too late", "heldOn")) == [Problem("heldOn", "too late")]


def test_a_domain_error_becomes_the_outcome_of_the_services_table() -> None:
    class NotOnAgenda(Exception):
        field = "referralId"

    class Special(NotOnAgenda):
        pass

    outcome = outcome_of(Special("is not on the agenda"), {NotOnAgenda: NotFound})
    assert isinstance(outcome, NotFound)
    assert outcome.problems == (Problem("referralId", "is not on the agenda"),)


def test_an_error_outside_the_table_has_no_outcome() -> None:
    assert outcome_of(KeyError("x"), {ValueError: Rejected}) is None
