from datetime import UTC, datetime
from unittest.mock import patch

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields, post_load, validate

from shared.messaging.outcomes import Problem, problems_of
from shared.schemas import MessageSchema, StrictSchema


class Agreement(StrictSchema):
    life_domain = fields.String(required=True, validate=validate.OneOf(["housing"]))


class Plan(StrictSchema):
    case_holder = fields.String(required=True)
    agreements = fields.List(fields.Nested(Agreement))


class Glimpse(MessageSchema):
    case_holder = fields.String()


def problems_in(document: object) -> list[Problem]:
    with pytest.raises(ValidationError) as failure:
        Plan().load(document)
    return problems_of(failure.value)


def test_names_are_camel_case_on_the_wire_and_snake_case_inside() -> None:
    assert Plan().load({"caseHolder": "politie"}) == {"case_holder": "politie"}
    assert Plan().dump({"case_holder": "politie"}) == {"caseHolder": "politie"}


def test_a_tolerant_schema_leaves_out_what_it_does_not_know() -> None:
    assert Glimpse().load({"caseHolder": "politie", "more": 1}) == {"case_holder": "politie"}


def test_a_strict_schema_names_the_unknown_field() -> None:
    assert problems_in({"caseHolder": "politie", "more": 1}) == [Problem("more", "Unknown field.", "unknown_field")]


def test_a_wrong_field_deep_inside_is_named_by_its_path() -> None:
    found = problems_in({"caseHolder": "politie", "agreements": [{"lifeDomain": "housing"}, {"lifeDomain": "moon"}]})
    assert found == [Problem("agreements[1].lifeDomain", "Must be one of: housing.", "invalid")]


def test_every_wrong_field_is_named_at_once() -> None:
    assert {field for field, *_ in problems_in({"agreements": 3})} == {"caseHolder", "agreements"}


def test_a_document_of_another_shape_is_wrong_as_a_whole() -> None:
    assert problems_in([]) == [Problem("", "Must be an object.", "not_an_object")]


def test_an_error_of_one_field_keeps_its_field() -> None:
    assert problems_of(ValidationError("too late", "heldOn")) == [Problem("heldOn", "too late", "invalid")]


class Amount(StrictSchema):
    cents = fields.Integer(required=True)

    @post_load
    def whole(self, data: dict[str, int], **_: object) -> int:
        return data["cents"]


class Invoice(StrictSchema):
    amount = fields.Nested(Amount, required=True)


def test_the_hooks_of_a_schema_are_run() -> None:
    assert Amount().load({"cents": 5}) == 5
    assert Invoice().load({"amount": {"cents": 5}}) == {"amount": 5}


class Inner(MessageSchema):
    domain = fields.String(required=True)
    since = fields.Date(load_default=None)


class Everything(MessageSchema):
    some_id = fields.UUID(required=True)
    name = fields.String(required=True)
    code = fields.String(validate=validate.OneOf(["a", "b"]))
    count = fields.Integer(load_default=7)
    sealed = fields.Boolean(allow_none=True)
    due_on = fields.Date(load_default=None)
    at = fields.AwareDateTime()
    inner = fields.Nested(Inner, allow_none=True)
    many = fields.List(fields.Nested(Inner))
    ids = fields.List(fields.UUID())
    secret = fields.String(load_only=True)


class EverythingStrict(Everything):
    class Meta(StrictSchema.Meta):
        pass


NAMES = ["someId", "name", "code", "count", "sealed", "dueOn", "at", "inner", "many", "ids", "secret", "unheardOf"]
PLAIN_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.uuids().map(str),
    st.dates().map(str),
    st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    st.sampled_from(["", "a", "true", "3", "2015-3-1", "20150301", 1.5]),
)
INNER_VALUES = st.dictionaries(st.sampled_from(["domain", "since", "else"]), PLAIN_VALUES)
VALUES = st.one_of(PLAIN_VALUES, INNER_VALUES, st.lists(st.one_of(PLAIN_VALUES, INNER_VALUES), max_size=3))
RIGHT = st.fixed_dictionaries({"someId": st.uuids().map(str), "name": st.text()})


def loaded_and_dumped(schema: MessageSchema, document: object) -> tuple[object, bytes | None]:
    """The document after a load and a dump, or its problems."""
    try:
        loaded = schema.load(document)
    except ValidationError as error:
        return error.messages, None
    return loaded, orjson.dumps(schema.dump(loaded))


@given(RIGHT, st.dictionaries(st.sampled_from(NAMES), VALUES), st.sampled_from([Everything, EverythingStrict]))
def test_the_short_way_leads_where_marshmallows_own_does(
    right: dict[str, object], more: dict[str, object], kind: type[MessageSchema]
) -> None:
    document, schema = right | more, kind()
    short = loaded_and_dumped(schema, document)
    with patch.multiple(MessageSchema, load=Schema.load, _serialize=Schema._serialize):
        assert short == loaded_and_dumped(schema, document)
