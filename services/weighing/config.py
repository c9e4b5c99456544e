"""What weighing reads of a house's profile."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.weighing.domain.house import DecisionRule, House, ReasonRule
from shared.configuration import ProfileSchema, load_profiles

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
TEAM_BONDS = frozenset({"core", "covenant"})
CASE_MEETING_FIGURE = "focus_or_top60"
"""The tables counted under this figure are case meetings: the national framework is about them."""
ESCALATION_FIGURE = "escalate"

Houses = Mapping[str, House]


class _Coded(ProfileSchema):
    code = fields.String(required=True)


class _Briefing(ProfileSchema):
    answer_days_before = fields.Integer(required=True, validate=validate.Range(min=0))


class _SubRegion(ProfileSchema):
    name = fields.String(required=True)
    briefing_weekday = fields.String(required=True, validate=validate.OneOf(WEEKDAYS))


class _Residence(ProfileSchema):
    name = fields.String(required=True)
    sub_region = fields.String(required=True)
    contact = fields.String(load_default=None)


class _Partner(ProfileSchema):
    id = fields.String(required=True)
    bond = fields.String(required=True)


class _Table(ProfileSchema):
    id = fields.String(required=True)
    figure = fields.String(required=True)


class _Decision(_Coded):
    figure = fields.String(required=True)
    opens_table = fields.String(load_default=None)
    needs_reason = fields.Boolean(load_default=False)


class _Reason(_Coded):
    comes_back = fields.Boolean(load_default=False)
    needs_destination = fields.Boolean(load_default=False)


class _Criterion(_Coded):
    framework = fields.String(required=True)


class HouseSchema(ProfileSchema):
    """A profile's sections that weighing uses, as a `House`."""

    briefing = fields.Nested(_Briefing, required=True)
    sub_regions = fields.List(fields.Nested(_SubRegion), required=True, validate=validate.Length(min=1))
    municipalities = fields.List(fields.Nested(_Residence), required=True)
    residences = fields.List(fields.Nested(_Residence), load_default=[])
    partners = fields.List(fields.Nested(_Partner), required=True)
    tables = fields.List(fields.Nested(_Table), required=True)
    decisions = fields.List(fields.Nested(_Decision), required=True, validate=validate.Length(min=1))
    reasons = fields.List(fields.Nested(_Reason), required=True)
    criteria = fields.List(fields.Nested(_Criterion), required=True)
    legal_grounds = fields.List(fields.Nested(_Coded), required=True, validate=validate.Length(min=1))

    @validates_schema
    def check_references(self, data: dict[str, Any], **_: Any) -> None:
        sub_regions = _values(data["sub_regions"], "name")
        wrong = [
            *_strangers(data, "municipalities", "sub_region", sub_regions),
            *_strangers(data, "municipalities", "contact", _values(data["partners"], "id")),
            *_strangers(data, "residences", "sub_region", sub_regions),
            *_strangers(data, "decisions", "opens_table", _values(data["tables"], "id")),
        ]
        if wrong:
            raise ValidationError(dict(wrong))

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        case_meetings = {table["id"] for table in data["tables"] if table["figure"] == CASE_MEETING_FIGURE}
        return House(
            briefing_weekdays={each["name"]: WEEKDAYS.index(each["briefing_weekday"]) for each in data["sub_regions"]},
            contacts={each["name"]: each["contact"] for each in data["municipalities"] + data["residences"]},
            answer_days_before=data["briefing"]["answer_days_before"],
            partners=_values(data["partners"], "id"),
            team_partners=frozenset(each["id"] for each in data["partners"] if each["bond"] in TEAM_BONDS),
            decisions={each["code"]: _decision_rule(each, case_meetings) for each in data["decisions"]},
            reasons={each.pop("code"): ReasonRule(**each) for each in data["reasons"]},
            criteria=_values(data["criteria"], "code"),
            national_criteria=frozenset(e["code"] for e in data["criteria"] if e["framework"] == "national"),
            legal_grounds=_values(data["legal_grounds"], "code"),
        )


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())


def _values(entries: list[dict[str, Any]], key: str) -> frozenset[str]:
    return frozenset(entry[key] for entry in entries)


def _strangers(data: dict[str, Any], entries: str, key: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The entries whose `key` names something that the profile does not have."""
    for position, entry in enumerate(data[entries]):
        name = entry.get(key)
        if name is not None and name not in known:
            yield f"{entries}[{position}].{key}", f"{name!r} is not in this profile"


def _decision_rule(decision: dict[str, Any], case_meetings: set[str]) -> DecisionRule:
    return DecisionRule(
        needs_reason=decision["needs_reason"],
        opens_table=decision["opens_table"],
        needs_criteria=decision["opens_table"] in case_meetings,
        escalates=decision["figure"] == ESCALATION_FIGURE,
    )
