"""How intake reads a house's profile."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, get_args

from marshmallow import ValidationError, fields

from services.intake.house import House, Municipality, Partner, ReferralKind, Weighed
from shared.configuration import Coded, Identified, house_loader, slug
from shared.days import FIRST_DAY


def _month_and_day(text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2015-{text}")  # no leap year: the day must exist in every year
    except ValueError:
        raise ValidationError("Must be MM-DD, a day that every year has.") from None
    return day.month, day.day


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePartner:
    """A partner, with the short types of the messages that it may send and get."""

    id: Annotated[str, slug]
    source: str
    may_send: tuple[str, ...]
    may_get: tuple[str, ...]

    def partner(self) -> Partner:
        return Partner(
            id=self.id, source=self.source, may_send=frozenset(self.may_send), may_get=frozenset(self.may_get)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReferralKind:
    code: ReferralKind
    weighed: Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that intake uses. A name may be shown for the briefing or for one of the tables."""

    id: Annotated[str, partial(fields.String, data_key="house")]
    reference_day: Annotated[tuple[int, int], partial(fields.Function, deserialize=_month_and_day)]
    municipalities: tuple[Municipality, ...]
    residences: tuple[Municipality, ...] = ()
    partners: tuple[ProfilePartner, ...]
    tables: tuple[Identified, ...]
    referral_kinds: tuple[ProfileReferralKind, ...]
    sealed_themes: tuple[Coded, ...] = ()
    information_services: tuple[Coded, ...]
    began_on: date = FIRST_DAY

    def __post_init__(self) -> None:
        missing = sorted(set(get_args(ReferralKind)) - {kind.code for kind in self.referral_kinds})
        if missing:
            raise ValidationError({"referral_kinds": [f"has no entry for {missing[0]!r}"]})

    def house(self) -> House:
        return House(
            began_on=self.began_on,
            id=self.id,
            municipalities={place.name: place for place in self.municipalities + self.residences},
            partners={partner.id: partner.partner() for partner in self.partners},
            weighed={kind.code: kind.weighed for kind in self.referral_kinds},
            sealed_themes=frozenset(theme.code for theme in self.sealed_themes),
            services=frozenset(service.code for service in self.information_services),
            purposes=frozenset({"intake", "briefing"} | {table.id for table in self.tables}),
            reference_day=self.reference_day,
        )


load_houses = house_loader(Profile)
