"""How intake reads a house's profile."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, get_args

from marshmallow import ValidationError, fields, validate

from services.intake.house import (
    OF_PARTNERS,
    PER_SERVICE,
    TO_ASKED,
    Disclosure,
    ExpectedLists,
    Form,
    House,
    Municipality,
    Partner,
    Role,
    ToldField,
    Treatment,
    Weighed,
    plain,
)
from shared.bounds import Range
from shared.configuration import Coded, Identified, house_loader, slug
from shared.days import FIRST_DAY
from shared.functions import THEME_ROLE
from shared.working_days import WEEKDAYS

OTHER = "other"
"""The code of an institution that is not listed. Every house has it: nobody goes without a plan for a short list."""


def _month_and_day(text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2015-{text}")  # no leap year: the day must exist in every year
    except ValueError:
        raise ValidationError("Must be MM-DD, a day that every year has.") from None
    return day.month, day.day


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInstitution:
    """Where people are detained. `other_names`: of its locations, former names, and other spellings."""

    code: str
    name: str
    other_names: tuple[str, ...] = ()
    youth: bool = False

    def spellings(self) -> set[str]:
        """Every text that means this institution, as `plain` writes it: `pialphen`, `pialphenaandenrijn`."""
        return {plain(text) for text in (self.code, self.name, *self.other_names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePartner:
    """A partner, with the short types of the messages that it may send and get."""

    id: Annotated[str, slug]
    source: str
    may_send: tuple[str, ...]
    may_get: tuple[str, ...]

    def __post_init__(self) -> None:
        """A partner whose system is asked service by service hears by message what was decided."""
        if PER_SERVICE in self.may_get and TO_ASKED not in self.may_get:
            raise ValidationError({"may_get": [f"has {PER_SERVICE}, and so needs {TO_ASKED}"]})

    def partner(self) -> Partner:
        return Partner(
            id=self.id, source=self.source, may_send=frozenset(self.may_send), may_get=frozenset(self.may_get)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileException:
    """How referrals of a kind are treated that are about somebody who lives there."""

    weighed: Weighed
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReferralKind:
    code: str
    weighed: Weighed
    exceptions: tuple[ProfileException, ...] = ()

    def __post_init__(self) -> None:
        """Aftercare hears of a detention at once, with whether it is weighed: nobody says so later."""
        if self.code == "detention_notice" and "if_worrying" in (self.weighed, *(e.weighed for e in self.exceptions)):
            raise ValidationError({"weighed": ["is always or never for a detention notice"]})

    @property
    def treatment(self) -> Treatment:
        exceptions = {place: each.weighed for each in self.exceptions for place in each.municipalities}
        return Treatment(weighed=self.weighed, exceptions=exceptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInformationService:
    """A part of a partner that can be asked: by default with this question, if it is a part of municipalities."""

    code: str
    question: str | None = None
    municipal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTheme:
    """A sealed theme, and whose function it is to see it."""

    code: str
    role: str = THEME_ROLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDisclosure:
    """What is told for a purpose to people with one of the roles, or to partners: these, or all."""

    purpose: str
    roles: tuple[Role, ...] = ()
    partners: tuple[str, ...] = ()
    fields: tuple[ToldField, ...]

    def disclosure(self, partners: Collection[str]) -> Disclosure:
        to = frozenset(self.partners or partners) if self.purpose in OF_PARTNERS else frozenset(self.roles)
        return Disclosure(purpose=self.purpose, to=to, details=frozenset(self.fields))

    def problem(self, purposes: Collection[str], partners: Collection[str]) -> str | None:
        """What is wrong with it, by the purposes and partners of the profile."""
        of_partners = " or ".join(sorted(OF_PARTNERS))
        if self.purpose not in OF_PARTNERS.union(purposes):
            return f"is for {self.purpose!r}, which is no table, and not intake, briefing, {of_partners}"
        if bool(self.roles) == (self.purpose in OF_PARTNERS) or (self.partners and self.roles):
            return f"has partners and no roles if it is for {of_partners}, and otherwise roles alone"
        unknown = sorted(set(self.partners) - set(partners))
        return f"names {unknown[0]!r}, which is no partner" if unknown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileMatching:
    sure_from: Annotated[int, Range(0, 100)] = 90
    ask_from: Annotated[int, Range(0, 100)] = 50

    def __post_init__(self) -> None:
        if self.ask_from > self.sure_from:
            raise ValidationError({"ask_from": ["is more than sure_from"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSuspectLists:
    weekdays: tuple[Annotated[str, validate.OneOf(WEEKDAYS)], ...] = WEEKDAYS
    missed: Annotated[int, Range(1)] = 2
    expected_from: date | None = None

    @property
    def expected(self) -> ExpectedLists:
        weekdays = frozenset(WEEKDAYS.index(day) for day in self.weekdays)
        return ExpectedLists(weekdays=weekdays, missed=self.missed, expected_from=self.expected_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDestination:
    code: str
    reach: str | None = None
    needs_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that intake uses."""

    id: Annotated[str, partial(fields.String, data_key="house")]
    reference_day: Annotated[tuple[int, int], partial(fields.Function, deserialize=_month_and_day)]
    municipalities: tuple[Municipality, ...]
    residences: tuple[Municipality, ...] = ()
    institutions: tuple[ProfileInstitution, ...]
    partners: tuple[ProfilePartner, ...]
    tables: tuple[Identified, ...]
    referral_kinds: tuple[ProfileReferralKind, ...]
    sealed_themes: tuple[ProfileTheme, ...] = ()
    information_services: tuple[ProfileInformationService, ...]
    withholding_grounds: tuple[Coded, ...] = ()
    organisation_kinds: tuple[Coded, ...] = ()
    measure_kinds: tuple[Coded, ...] = ()
    destinations: tuple[ProfileDestination, ...] = ()
    outside_through_municipality: bool = False
    disclosures: tuple[ProfileDisclosure, ...]
    relation_days: Annotated[int, Range(0)] = 0
    readable_days: Annotated[int, Range(0)] | None = None
    matching: ProfileMatching = ProfileMatching()
    began_on: date = FIRST_DAY
    suspect_lists: ProfileSuspectLists = ProfileSuspectLists()

    def __post_init__(self) -> None:
        self._check_kinds()
        purposes = {"intake", "briefing"} | {table.id for table in self.tables}
        partners = {partner.id for partner in self.partners}
        for number, disclosure in enumerate(self.disclosures):
            if problem := disclosure.problem(purposes, partners):
                raise ValidationError({f"disclosures[{number}]": [problem]})
        if all(institution.code != OTHER for institution in self.institutions):
            raise ValidationError({"institutions": [f"has no entry for {OTHER!r}"]})
        _check_names("municipalities", self.municipalities + self.residences)
        _check_names("institutions", self.institutions)

    def _check_kinds(self) -> None:
        """Raises ValidationError if a kind is missing, or an exception is of no place of the house."""
        missing = sorted(set(get_args(Form)) - {kind.code for kind in self.referral_kinds})
        if missing:
            raise ValidationError({"referral_kinds": [f"has no entry for {missing[0]!r}"]})
        places = {place.name for place in self.municipalities + self.residences}
        for number, kind in enumerate(self.referral_kinds):
            if unknown := sorted(kind.treatment.exceptions.keys() - places):
                raise ValidationError(
                    {f"referral_kinds[{number}].exceptions": [f"names {unknown[0]!r}, which is no place"]}
                )

    def house(self) -> House:
        return House(
            began_on=self.began_on,
            suspect_lists=self.suspect_lists.expected,
            relation_days=self.relation_days,
            readable_days=self.readable_days,
            sure_from=self.matching.sure_from,
            ask_from=self.matching.ask_from,
            id=self.id,
            municipalities={place.name: place for place in self.municipalities + self.residences},
            institutions={text: each.code for each in self.institutions for text in (each.name, *each.spellings())},
            youth_institutions=frozenset(each.code for each in self.institutions if each.youth),
            partners={partner.id: partner.partner() for partner in self.partners},
            kinds={kind.code: kind.treatment for kind in self.referral_kinds},
            sealed_themes={theme.code: theme.role for theme in self.sealed_themes},
            services=frozenset(service.code for service in self.information_services),
            municipal_questions={each.code: each.question for each in self.information_services if each.municipal},
            withholding_grounds=frozenset(ground.code for ground in self.withholding_grounds),
            organisation_kinds=frozenset(kind.code for kind in self.organisation_kinds),
            measure_kinds=frozenset(kind.code for kind in self.measure_kinds),
            disclosures=tuple(each.disclosure([partner.id for partner in self.partners]) for each in self.disclosures),
            reference_day=self.reference_day,
            destinations=frozenset(destination.code for destination in self.destinations),
            reaches={each.code: each.reach for each in self.destinations if each.reach},
            need_consent=frozenset(destination.code for destination in self.destinations if destination.needs_consent),
            outside_through_municipality=self.outside_through_municipality,
        )


def _check_names(section: str, named: Iterable[Municipality | ProfileInstitution]) -> None:
    """Raises ValidationError if two of them are called the same."""
    spellings = Counter(text for each in named for text in each.spellings())
    if shared := sorted(text for text, times in spellings.items() if times > 1):
        raise ValidationError({section: [f"more than one is called {shared[0]!r}"]})


load_houses = house_loader(Profile)
