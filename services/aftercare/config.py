"""What aftercare reads of a house's profile."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import fields, post_load, validate

from services.aftercare.domain.house import House
from shared.configuration import ProfileSchema, load_profiles

AFTERCARE_FIGURE = "aftercare"

Houses = Mapping[str, House]


class _LifeDomain(ProfileSchema):
    code = fields.String(required=True)


class _Table(ProfileSchema):
    id = fields.String(required=True)
    figure = fields.String(required=True)


class HouseSchema(ProfileSchema):
    """A profile's sections that aftercare uses, as a `House`."""

    life_domains = fields.List(fields.Nested(_LifeDomain), required=True, validate=validate.Length(min=1))
    tables = fields.List(fields.Nested(_Table), required=True)

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        tables = (table["id"] for table in data["tables"] if table["figure"] == AFTERCARE_FIGURE)
        return House(
            life_domains=tuple(each["code"] for each in data["life_domains"]), aftercare_tables=frozenset(tables)
        )


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())
