"""Intake's settings, and what it reads of a house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load

from services.intake.domain.house import House, Municipality, Partner
from shared.configuration import ProfileSchema, ServiceSettings, load_profiles, setting, slug
from shared.configuration.service import key_of_32_bytes

Houses = Mapping[str, House]


@dataclass(frozen=True, kw_only=True)
class IntakeSettings(ServiceSettings):
    master_key: bytes = setting(
        "MASTER_KEY", "32 bytes in base64 that wrap the data key of each subject", parse=key_of_32_bytes, secret=True
    )
    index_key: bytes = setting(
        "INDEX_KEY",
        "32 bytes in base64 by which subjects are found unread",
        parse=key_of_32_bytes,
        secret=True,
    )


class _Municipality(ProfileSchema):
    name = fields.String(required=True)
    sub_region = fields.String(required=True)
    own_aftercare = fields.Boolean()

    @post_load
    def to_municipality(self, data: dict[str, Any], **_: Any) -> Municipality:
        return Municipality(**data)


class _Partner(ProfileSchema):
    id = fields.String(required=True, validate=slug)
    source = fields.String(required=True)
    may_send = fields.List(fields.String(), required=True)
    may_get = fields.List(fields.String(), required=True)

    @post_load
    def to_partner(self, data: dict[str, Any], **_: Any) -> Partner:
        may_send, may_get = frozenset(data["may_send"]), frozenset(data["may_get"])
        return Partner(id=data["id"], source=data["source"], may_send=may_send, may_get=may_get)


class _Coded(ProfileSchema):
    code = fields.String(required=True)


class _Table(ProfileSchema):
    id = fields.String(required=True)


def _month_and_day(text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2015-{text}")  # no leap year: the day must exist in every year
    except ValueError:
        raise ValidationError("Must be MM-DD, a day that every year has.") from None
    return day.month, day.day


class HouseSchema(ProfileSchema):
    """The sections that intake uses, as a `House`. A name may be shown for the briefing or for one of the tables."""

    house = fields.String(required=True)
    reference_day = fields.Function(deserialize=_month_and_day, required=True)
    municipalities = fields.List(fields.Nested(_Municipality), required=True)
    residences = fields.List(fields.Nested(_Municipality), load_default=[])
    partners = fields.List(fields.Nested(_Partner), required=True)
    tables = fields.List(fields.Nested(_Table), required=True)
    sealed_themes = fields.List(fields.Nested(_Coded), load_default=[])
    information_services = fields.List(fields.Nested(_Coded), required=True)

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        return House(
            id=data["house"],
            municipalities={each.name: each for each in data["municipalities"] + data["residences"]},
            partners={each.id: each for each in data["partners"]},
            sealed_themes=frozenset(each["code"] for each in data["sealed_themes"]),
            services=frozenset(each["code"] for each in data["information_services"]),
            purposes=frozenset({"intake", "briefing"} | {each["id"] for each in data["tables"]}),
            reference_day=data["reference_day"],
        )


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())
