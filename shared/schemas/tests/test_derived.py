"""Schemas derived from typed classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import pytest
from marshmallow import ValidationError, fields

from shared.bounds import Check, Code, FieldName, Length, Range, Text
from shared.schemas import AnnouncedSchema, MessageSchema, ProfileSchema, StrictSchema, schema_of

ID = UUID(int=7)


class Level(StrEnum):
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    partner: Code
    person: Text | None = None


class Moment(NamedTuple):
    code: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan with a field of each supported type."""

    plan_id: UUID
    agreed_on: date
    recorded_at: datetime
    owners: Annotated[tuple[Owner, ...], Length(1, 2)]
    amount: Annotated[Decimal, partial(fields.Decimal, places=2, as_string=True)]
    year: Annotated[int, Range(2000, 2100), {"description": "of the plan"}]
    level: Level
    state: Literal["open", "closed"]
    stands: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[FieldName, bool] = field(default_factory=dict)
    closed_on: date | None
    moment: Moment | None = None
    anything: Any = None


ON_THE_WIRE = {
    "planId": str(ID),
    "agreedOn": "2015-03-10",
    "recordedAt": "2015-03-10T12:00:00+00:00",
    "owners": [{"partner": "politie"}],
    "amount": "12.50",
    "year": 2015,
    "level": "low",
    "state": "open",
    "stands": True,
    "counts": {"housing": 2},
    "answers": {"progressMade": True},
    "closedOn": None,
    "moment": {"code": "week_1", "dueOn": "2015-03-17"},
}
PLAN = Plan(
    plan_id=ID,
    agreed_on=date(2015, 3, 10),
    recorded_at=datetime(2015, 3, 10, 12, tzinfo=UTC),
    owners=(Owner(partner="politie"),),
    amount=Decimal("12.50"),
    year=2015,
    level=Level.LOW,
    state="open",
    stands=True,
    counts={"housing": 2},
    answers={"progress_made": True},
    closed_on=None,
    moment=Moment("week_1", date(2015, 3, 17)),
)


@pytest.mark.parametrize("base", [MessageSchema, StrictSchema, AnnouncedSchema])
def test_a_document_becomes_an_object_of_the_class(base: type[MessageSchema]) -> None:
    assert schema_of(Plan, base).load(ON_THE_WIRE) == PLAN


def wrong(**changed: Any) -> dict[str, Any]:
    """The problems of a document with these changes; the value `absent` removes a field."""
    document = {name: value for name, value in (ON_THE_WIRE | changed).items() if value != "absent"}
    with pytest.raises(ValidationError) as refused:
        schema_of(Plan, StrictSchema).load(document)
    return dict(refused.value.messages_dict)


@pytest.mark.parametrize(
    ("field_name", "value"),
    [
        ("planId", "x"),
        ("agreedOn", "2015-02-30"),
        ("agreedOn", None),
        ("recordedAt", "2015-03-10T12:00:00"),
        ("owners", []),
        ("owners", [{"partner": "a"}] * 3),
        ("amount", "x"),
        ("year", 1999),
        ("level", "high"),
        ("state", "shut"),
        ("counts", {"housing": "many"}),
        ("closedOn", "absent"),
        ("moment", {}),
        ("more", 1),
    ],
)
def test_what_the_annotation_does_not_allow_is_refused_by_its_field(field_name: str, value: Any) -> None:
    assert list(wrong(**{field_name: value})) == [field_name]


def test_a_wrong_field_of_a_nested_class_is_named_by_its_path() -> None:
    found = wrong(owners=[{"partner": "politie"}, {"partner": "", "badge": 1}])
    assert found["owners"][1].keys() == {"partner", "badge"}


@pytest.mark.parametrize("name", ["progress_made", "ProgressMade", "progressMade"])
def test_a_wrong_value_or_name_in_a_mapping_is_named_by_its_path(name: str) -> None:
    assert wrong(answers={"isHoused": True, name: "perhaps"})["answers"].keys() == {name}


def test_a_value_of_any_type_may_be_null() -> None:
    assert schema_of(Plan, StrictSchema).load(ON_THE_WIRE | {"anything": None}) == PLAN


def test_a_tolerant_schema_leaves_out_what_it_does_not_know_at_every_depth() -> None:
    more = {"owners": [{"partner": "politie", "badge": 1}], "more": 1}
    assert schema_of(Plan, MessageSchema).load(ON_THE_WIRE | more) == PLAN


def test_an_event_leaves_out_what_is_none_by_default_and_says_what_is_none_otherwise() -> None:
    announced = schema_of(Plan, AnnouncedSchema).dump(PLAN)
    assert announced["closedOn"] is None
    assert "anything" not in announced
    assert announced["owners"] == [{"partner": "politie"}]


def test_a_name_of_a_field_is_written_as_such_on_the_wire() -> None:
    assert schema_of(Plan, AnnouncedSchema).dump(PLAN)["answers"] == {"progressMade": True}


def test_an_answer_says_null() -> None:
    answer = schema_of(Plan, StrictSchema).dump(PLAN)
    assert answer["anything"] is None
    assert answer["owners"] == [{"partner": "politie", "person": None}]


def test_a_profile_keeps_its_keys_as_they_are_in_the_file() -> None:
    assert schema_of(Owner, ProfileSchema).load({"partner": "a", "else": 1}) == Owner(partner="a")
    assert schema_of(Moment, ProfileSchema).load({"code": "a", "due_on": "2015-01-01"}).due_on == date(2015, 1, 1)


def test_a_class_has_one_schema_of_a_kind() -> None:
    assert schema_of(Plan, StrictSchema) is schema_of(Plan, StrictSchema)
    assert schema_of(Plan, StrictSchema) is not schema_of(Plan, MessageSchema)


@dataclass(frozen=True)
class Odd:
    number: complex


def test_a_type_without_a_field_is_refused_when_the_schema_is_made() -> None:
    with pytest.raises(TypeError, match="complex"):
        schema_of(Odd, MessageSchema)


@dataclass(frozen=True, kw_only=True)
class Period:
    begins_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.begins_on:
            raise ValidationError({"endsOn": ["is before it begins"]})


def test_a_class_may_check_its_fields_together() -> None:
    with pytest.raises(ValidationError) as refused:
        schema_of(Period, StrictSchema).load({"beginsOn": "2015-02-01", "endsOn": "2015-01-01"})
    assert refused.value.messages == {"endsOn": ["is before it begins"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    number: Annotated[str, Length(1, 4), Check(str.isdigit, "not_a_number", "Must be a number.")]


def test_a_check_refuses_a_value_with_its_own_reason_beside_those_of_the_bounds() -> None:
    schema = schema_of(Entry, StrictSchema)
    assert schema.load({"number": "12"}) == Entry(number="12")
    assert schema.validate({"number": "a"}) == {"number": ["Must be a number."]}
    assert schema.validate({"number": ""}) == {
        "number": ["Must be at most 4 long, and at least 1.", "Must be a number."]
    }


def test_what_goes_out_is_not_checked() -> None:
    assert schema_of(Entry, StrictSchema).dump(Entry(number="twelve")) == {"number": "twelve"}
