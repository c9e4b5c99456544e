"""What aftercare reads of a house's profile."""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from services.aftercare.domain.house import House, Provider, TransitionHouse
from shared.configuration import ProfileSchema, load_profiles

AFTERCARE_FIGURE = "aftercare"

Houses = Mapping[str, House]


class _LifeDomain(ProfileSchema):
    code = fields.String(required=True)


class _Table(ProfileSchema):
    id = fields.String(required=True)
    figure = fields.String(required=True)


class _Named(ProfileSchema):
    name = fields.String(required=True)


class _Partner(ProfileSchema):
    id = fields.String(required=True)


class _Provider(ProfileSchema):
    code = fields.String(required=True)
    partner = fields.String(load_default=None)

    @post_load
    def to_provider(self, data: dict[str, Any], **_: Any) -> Provider:
        return Provider(**data)


class _TrajectoryKind(ProfileSchema):
    code = fields.String(required=True)
    stages = fields.List(fields.String(), load_default=[])


class _TransitionHouse(ProfileSchema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    municipality = fields.String(required=True)
    places = fields.Integer(required=True, validate=validate.Range(min=1))

    @post_load
    def to_transition_house(self, data: dict[str, Any], **_: Any) -> TransitionHouse:
        return TransitionHouse(**data)


class HouseSchema(ProfileSchema):
    """A profile's sections that aftercare uses, as a `House`."""

    municipalities = fields.List(fields.Nested(_Named), load_default=[])
    partners = fields.List(fields.Nested(_Partner), load_default=[])
    providers = fields.List(fields.Nested(_Provider), load_default=[])
    trajectory_kinds = fields.List(fields.Nested(_TrajectoryKind), load_default=[])
    transition_houses = fields.List(fields.Nested(_TransitionHouse), load_default=[])
    life_domains = fields.List(fields.Nested(_LifeDomain), required=True, validate=validate.Length(min=1))
    tables = fields.List(fields.Nested(_Table), required=True)

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        _check_partners(data["providers"], {each["id"] for each in data["partners"]})
        tables = (table["id"] for table in data["tables"] if table["figure"] == AFTERCARE_FIGURE)
        return House(
            life_domains=tuple(each["code"] for each in data["life_domains"]),
            aftercare_tables=frozenset(tables),
            municipalities=frozenset(each["name"] for each in data["municipalities"]),
            providers={each.code: each for each in data["providers"]},
            trajectory_kinds={each["code"]: tuple(each["stages"]) for each in data["trajectory_kinds"]},
            transition_houses={each.code: each for each in data["transition_houses"]},
        )


def _check_partners(providers: Sequence[Provider], partners: Set[str]) -> None:
    for position, provider in enumerate(providers):
        if provider.partner is not None and provider.partner not in partners:
            raise ValidationError({"providers": {position: {"partner": ["is not a partner of this house"]}}})


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())
