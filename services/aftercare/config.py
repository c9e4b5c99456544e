"""What aftercare reads of a house's profile."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, post_load, pre_load, validate

from services.aftercare.domain.funds import CostKind, Fund, FundYear
from services.aftercare.domain.house import House, Preparation, Provider, TransitionHouse
from services.aftercare.domain.preparations import READY
from shared.configuration import ProfileSchema, ServiceSettings, load_profiles, setting

AFTERCARE_FIGURE = "aftercare"
NAMED = ("funds", "providers", "life_domains")

Houses = Mapping[str, House]


def _interval(text: str) -> float:
    if float(text) < 0:
        raise ValueError
    return float(text)


@dataclass(frozen=True, kw_only=True)
class AftercareSettings(ServiceSettings):
    watch_seconds: float = setting(
        "WATCH_SECONDS", "how often today is watched; 0: only when somebody asks", default="300", parse=_interval
    )


class _LifeDomain(ProfileSchema):
    code = fields.String(required=True)


class _Table(ProfileSchema):
    id = fields.String(required=True)
    figure = fields.String(required=True)


class _Municipality(ProfileSchema):
    name = fields.String(required=True)
    own_aftercare = fields.Boolean(load_default=False)


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


class _Line(ProfileSchema):
    code = fields.String(required=True)
    cost = fields.Enum(CostKind, by_value=True, required=True)


def _euros() -> fields.Decimal:
    """Written as text, so that no amount is ever a binary fraction."""
    return fields.Decimal(required=True, places=2, validate=validate.Range(min=0))


class _FundYear(ProfileSchema):
    year = fields.Integer(required=True)
    reference_year = fields.Integer(required=True)
    amount_per_outflow = _euros()
    single_from = _euros()
    co_financing_percent = fields.Decimal(required=True, validate=validate.Range(0, 100))

    @post_load
    def to_fund_year(self, data: dict[str, Any], **_: Any) -> FundYear:
        return FundYear(**data)


class _Fund(ProfileSchema):
    code = fields.String(required=True)
    lines = fields.List(fields.Nested(_Line), required=True, validate=validate.Length(min=1))
    years = fields.List(fields.Nested(_FundYear), required=True)

    @post_load
    def to_fund(self, data: dict[str, Any], **_: Any) -> Fund:
        return Fund(
            code=data["code"],
            lines={each["code"]: each["cost"] for each in data["lines"]},
            years={each.year: each for each in data["years"]},
        )


class _Preparation(ProfileSchema):
    code = fields.String(required=True, validate=validate.OneOf(READY))
    name = fields.String(required=True)
    days_before = fields.Integer(required=True, validate=validate.Range(min=0))

    @post_load
    def to_preparation(self, data: dict[str, Any], **_: Any) -> Preparation:
        return Preparation(**data)


class _Aftercare(ProfileSchema):
    recurrence_years = fields.Integer(validate=validate.Range(min=0, max=100))
    climbs_after_days = fields.Integer(validate=validate.Range(min=0))


class HouseSchema(ProfileSchema):
    """A profile's sections that aftercare uses, as a `House`."""

    @pre_load
    def gather_names(self, profile: dict[str, Any], **_: Any) -> dict[str, Any]:
        """What people read for the codes in an account, wherever in the profile it stands."""
        coded = (each for section in NAMED for each in profile.get(section, []) if {"code", "name"} <= each.keys())
        return profile | {"names": {each["code"]: each["name"] for each in coded}}

    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)

    municipalities = fields.List(fields.Nested(_Municipality), load_default=[])
    partners = fields.List(fields.Nested(_Partner), load_default=[])
    providers = fields.List(fields.Nested(_Provider), load_default=[])
    trajectory_kinds = fields.List(fields.Nested(_TrajectoryKind), load_default=[])
    transition_houses = fields.List(fields.Nested(_TransitionHouse), load_default=[])
    funds = fields.List(fields.Nested(_Fund), load_default=[])
    preparations = fields.List(fields.Nested(_Preparation), load_default=[])
    aftercare = fields.Nested(_Aftercare, load_default={})
    life_domains = fields.List(fields.Nested(_LifeDomain), required=True, validate=validate.Length(min=1))
    tables = fields.List(fields.Nested(_Table), required=True)

    @post_load
    def to_house(self, data: dict[str, Any], **_: Any) -> House:
        _check_partners(data["providers"], {each["id"] for each in data["partners"]})
        municipalities = data["municipalities"]
        tables = (table["id"] for table in data["tables"] if table["figure"] == AFTERCARE_FIGURE)
        return House(
            life_domains=tuple(each["code"] for each in data["life_domains"]),
            aftercare_tables=frozenset(tables),
            municipalities=frozenset(each["name"] for each in municipalities),
            own_aftercare=frozenset(each["name"] for each in municipalities if each["own_aftercare"]),
            providers={each.code: each for each in data["providers"]},
            trajectory_kinds={each["code"]: tuple(each["stages"]) for each in data["trajectory_kinds"]},
            transition_houses={each.code: each for each in data["transition_houses"]},
            funds={each.code: each for each in data["funds"]},
            names=data["names"],
            preparations=tuple(data["preparations"]),
            **data["aftercare"],
        )


def _check_partners(providers: Sequence[Provider], partners: Set[str]) -> None:
    for position, provider in enumerate(providers):
        if provider.partner is not None and provider.partner not in partners:
            raise ValidationError({"providers": {position: {"partner": ["is not a partner of this house"]}}})


def load_houses(directory: Path) -> Houses:
    """The houses by id; raises ProfilesError with file, path and reason of all that is wrong."""
    return load_profiles(directory, HouseSchema())
