"""What reporting reads of its environment and of a house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from marshmallow import fields, post_load, validate

from services.reporting.domain.house import TABLE_FIGURES, House, Municipality
from shared.configuration import ProfileSchema, ServiceSettings, load_profiles, setting

Houses = Mapping[str, House]


class Target(NamedTuple):
    """A process to watch, and where it gives its metrics."""

    name: str
    url: str


def scrape_targets(text: str) -> tuple[Target, ...]:
    """`name=url,name=url`."""
    pairs = (each.strip().split("=", 1) for each in text.split(",") if each.strip())
    targets = tuple(Target(name, url) for name, url in pairs)
    if not all(name and urlsplit(url).scheme in ("http", "https") for name, url in targets):
        raise ValueError
    return targets


@dataclass(frozen=True, kw_only=True)
class ReportingSettings(ServiceSettings):
    """What only reporting is told."""

    scrape_targets: tuple[Target, ...] = setting(
        "SCRAPE_TARGETS",
        "what the operators' page watches, as name=url,…: each service, each relay as <service>-relay, and broker; the "
        "services are also handed the operators' tokens: name none but the platform's own",
        default="",
        parse=scrape_targets,
    )


class _Named(ProfileSchema):
    name = fields.String(required=True)


class _Municipality(_Named):
    sub_region = fields.String(required=True)

    @post_load
    def to_municipality(self, data: dict[str, Any], **_: Any) -> Municipality:
        return Municipality(**data)


class _Coded(ProfileSchema):
    code = fields.String(required=True)


class _Decision(_Coded):
    figure = fields.String(required=True)


class _Table(ProfileSchema):
    id = fields.String(required=True)
    figure = fields.String(required=True, validate=validate.OneOf(TABLE_FIGURES))


class HouseSchema(ProfileSchema):
    """A profile's sections that reports use, as a `House`."""

    house = fields.String(required=True)
    smallest_count_shown = fields.Integer(load_default=5, validate=validate.Range(min=2))
    municipalities = fields.List(fields.Nested(_Municipality), required=True)
    residences = fields.List(fields.Nested(_Named), required=True)
    decisions = fields.List(fields.Nested(_Decision), required=True, validate=validate.Length(min=1))
    tables = fields.List(fields.Nested(_Table), required=True)
    reasons = fields.List(fields.Nested(_Coded), required=True)
    life_domains = fields.List(fields.Nested(_Coded), required=True)
    monitoring_moments = fields.List(fields.Nested(_Coded), required=True)

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        return House(
            house=data["house"],
            smallest_count_shown=data["smallest_count_shown"],
            municipalities=tuple(data["municipalities"]),
            residences=tuple(each["name"] for each in data["residences"]),
            decisions={each["code"]: each["figure"] for each in data["decisions"]},
            tables={each["id"]: each["figure"] for each in data["tables"]},
            reasons=tuple(each["code"] for each in data["reasons"]),
            life_domains=tuple(each["code"] for each in data["life_domains"]),
            monitoring_moments=tuple(each["code"] for each in data["monitoring_moments"]),
        )


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())
