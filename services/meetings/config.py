"""What the meetings read of a house's profile."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import fields, post_load, validate

from services.meetings.domain.house import House, MomentRule, Table
from shared.configuration import ProfileSchema, load_profiles

SCORED_FIGURE = "focus_or_top60"

Houses = Mapping[str, House]


class _Named(ProfileSchema):
    name = fields.String(required=True)


class _Identified(ProfileSchema):
    id = fields.String(required=True)


class _Coded(ProfileSchema):
    code = fields.String(required=True)


class _Table(_Identified):
    figure = fields.String(required=True)
    rhythm = fields.String(required=True, validate=validate.OneOf(["once_per_case", "series"]))


class _MomentRule(_Coded):
    weeks = fields.Integer(load_default=0)
    months = fields.Integer(load_default=0)

    @post_load
    def to_rule(self, data: dict[str, Any], **_: Any) -> MomentRule:
        return MomentRule(**data)


class HouseSchema(ProfileSchema):
    """A profile's sections that the meetings use, as a `House`."""

    sub_regions = fields.List(fields.Nested(_Named), required=True)
    partners = fields.List(fields.Nested(_Identified), required=True)
    tables = fields.List(fields.Nested(_Table), required=True)
    life_domains = fields.List(fields.Nested(_Coded), required=True)
    monitoring_moments = fields.List(fields.Nested(_MomentRule), required=True, validate=validate.Length(min=1))

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        return House(
            tables={
                table["id"]: Table(once=table["rhythm"] == "once_per_case", scored=table["figure"] == SCORED_FIGURE)
                for table in data["tables"]
            },
            sub_regions=frozenset(each["name"] for each in data["sub_regions"]),
            partners=frozenset(each["id"] for each in data["partners"]),
            life_domains=frozenset(each["code"] for each in data["life_domains"]),
            monitoring_moments=tuple(data["monitoring_moments"]),
        )


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())
