"""How weighing reads a house's profile."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, TypedDict

from marshmallow import ValidationError, validate

from services.weighing.house import (
    Asked,
    AskRule,
    DecisionRule,
    Effect,
    Force,
    GuardRule,
    House,
    InformationService,
    ReasonRule,
)
from shared.bounds import Length, Range
from shared.configuration import Coded, house_loader
from shared.days import FIRST_DAY
from shared.working_days import WEEKDAYS

TEAM_BONDS = frozenset({"core", "covenant"})
EACH_QUESTION = "information-requests.sent.v2"
"""Says which services are asked, and what."""
QUESTIONS = frozenset({"information-requests.sent.v1", EACH_QUESTION})
"""How a partner is asked by message."""
WITHDRAWN, REMINDER = "information-requests.withdrawn.v1", "reminders.sent.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileBriefing:
    answer_days_before: Annotated[int, Range(least=0)]
    on_holiday: Literal["next_working_day", "skipped"] = "next_working_day"
    fewest_partners: Annotated[int, Range(least=1)] = 2
    must_attend: tuple[str, ...] = ()
    correction_days: Annotated[int, Range(least=0)] | None = None
    chair_corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSubRegion:
    name: str
    briefing_weekday: Annotated[str, validate.OneOf(WEEKDAYS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileResidence:
    """Where a subject lives: a municipality, or a residence outside every municipality of the house."""

    name: str
    sub_region: str
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePartner:
    id: str
    bond: str
    may_get: tuple[str, ...] = ()

    def hears(self, types: Set[str]) -> bool:
        return not types.isdisjoint(self.may_get)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTable:
    id: str
    municipalities: tuple[str, ...] | None = None
    ages: tuple[str, ...] | None = None
    families: bool = True
    asks_criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDecision:
    code: str
    opens_table: str | None = None
    needs_reason: bool = False
    escalates: bool = False
    own_action: bool = False
    needs_follow_up: tuple[str, ...] = ()

    def rule(self, tables: Mapping[str, ProfileTable], criteria: Sequence["ProfileCriterion"]) -> DecisionRule:
        """tables: of the house, by id. criteria: of the house, of all frameworks."""
        bare = DecisionRule(
            needs_reason=self.needs_reason,
            escalates=self.escalates,
            own_action=self.own_action,
            follow_ups=frozenset(self.needs_follow_up),
        )
        if not self.opens_table:
            return bare
        table = tables[self.opens_table]
        return replace(
            bare,
            opens_table=table.id,
            own_action=True,
            criteria=frozenset(found.code for found in criteria if found.framework in table.asks_criteria),
            municipalities=None if table.municipalities is None else frozenset(table.municipalities),
            ages=None if table.ages is None else frozenset(table.ages),
            families=table.families,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReason:
    code: str
    comes_back: bool = False
    needs_destination: bool = False
    needs_follow_up: tuple[str, ...] = ()

    @property
    def rule(self) -> ReasonRule:
        return ReasonRule(
            comes_back=self.comes_back,
            needs_destination=self.needs_destination,
            follow_ups=frozenset(self.needs_follow_up),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFollowUp:
    code: str
    asks: tuple[Asked, ...] = ()
    needs_all: bool = False
    of_case_holder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDestination:
    code: str
    needs_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCriterion:
    code: str
    framework: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLegalGround:
    code: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInformationService:
    code: str
    question: str | None = None
    municipal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileScope:
    """To which referrals a rule applies; None for all."""

    kinds: tuple[str, ...] | None = None
    municipalities: tuple[str, ...] | None = None
    ages: tuple[str, ...] | None = None

    @property
    def scope(self) -> "NamedScope":
        return {"kinds": _set(self.kinds), "municipalities": _set(self.municipalities), "ages": _set(self.ages)}


class NamedScope(TypedDict):
    """The parts of a `Scope`."""

    kinds: frozenset[str] | None
    municipalities: frozenset[str] | None
    ages: frozenset[str] | None


def _set(codes: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if codes is None else frozenset(codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileAsked(ProfileScope):
    """Who is asked besides the municipality, about which referrals."""

    partner: str
    services: Annotated[tuple[str, ...], Length(least=1)]

    @property
    def rule(self) -> AskRule:
        return AskRule(partner=self.partner, services=self.services, **self.scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileGuard(ProfileScope):
    """What keeps a case from being discussed in two places."""

    code: str
    effect: Effect
    service: str | None = None
    destination: str | None = None
    youth_institution: bool = False

    @property
    def rule(self) -> GuardRule:
        return GuardRule(
            effect=self.effect,
            service=self.service,
            destination=self.destination,
            youth_institution=self.youth_institution,
            **self.scope,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections of a profile that weighing uses."""

    briefing: ProfileBriefing
    sub_regions: Annotated[tuple[ProfileSubRegion, ...], Length(least=1)]
    municipalities: tuple[ProfileResidence, ...]
    residences: tuple[ProfileResidence, ...] = ()
    partners: tuple[ProfilePartner, ...]
    tables: tuple[ProfileTable, ...]
    decisions: Annotated[tuple[ProfileDecision, ...], Length(least=1)]
    reasons: tuple[ProfileReason, ...]
    criteria: tuple[ProfileCriterion, ...]
    legal_grounds: Annotated[tuple[ProfileLegalGround, ...], Length(least=1)]
    destinations: tuple[ProfileDestination, ...] = ()
    addressees: tuple[Coded, ...] = ()
    information_services: tuple[ProfileInformationService, ...] = ()
    information_questions: tuple[Coded, ...] = ()
    asked: tuple[ProfileAsked, ...] = ()
    guards: tuple[ProfileGuard, ...] = ()
    referral_kinds: tuple[Coded, ...]
    follow_ups: tuple[ProfileFollowUp, ...] = ()
    life_domains: tuple[Coded, ...] = ()
    relation_days: Annotated[int, Range(least=0)] = 0
    began_on: date = FIRST_DAY

    def __post_init__(self) -> None:
        """Raises ValidationError with each name that the profile uses and does not declare."""
        if undeclared := dict(self._undeclared_names()):
            raise ValidationError(undeclared)

    def _undeclared_names(self) -> Iterator[tuple[str, str]]:
        sub_regions = {sub_region.name for sub_region in self.sub_regions}
        partners = {partner.id for partner in self.partners}
        tables = {table.id for table in self.tables}
        for section, homes in {"municipalities": self.municipalities, "residences": self.residences}.items():
            yield from _undeclared(section, "sub_region", [home.sub_region for home in homes], sub_regions)
        contacts = [municipality.contact for municipality in self.municipalities]
        yield from _undeclared("municipalities", "contact", contacts, partners)
        yield from _undeclared("briefing.must_attend", "", self.briefing.must_attend, partners)
        opened = [decision.opens_table for decision in self.decisions]
        yield from _undeclared("decisions", "opens_table", opened, tables)
        frameworks = {criterion.framework for criterion in self.criteria}
        places = {home.name for home in (*self.municipalities, *self.residences)}
        for position, table in enumerate(self.tables):
            yield from _undeclared(f"tables[{position}].municipalities", "", table.municipalities or (), places)
            yield from _undeclared(f"tables[{position}].asks_criteria", "", table.asks_criteria, frameworks)
        yield from self._undeclared_in_questions(partners, places)
        follow_ups = {follow_up.code for follow_up in self.follow_ups}
        needed = {f"decisions[{place}]": each.needs_follow_up for place, each in enumerate(self.decisions)}
        needed |= {f"reasons[{place}]": each.needs_follow_up for place, each in enumerate(self.reasons)}
        for entry, codes in needed.items():
            yield from _undeclared(f"{entry}.needs_follow_up", "", codes, follow_ups)
        if not self.destinations and any(reason.needs_destination for reason in self.reasons):
            yield "destinations", "is required: a reason sends referrals elsewhere"
        if not self.addressees and any(decision.escalates for decision in self.decisions):
            yield "addressees", "is required: a decision escalates"

    def _undeclared_in_questions(self, partners: Set[str], places: Set[str]) -> Iterator[tuple[str, str]]:
        services = {service.code for service in self.information_services}
        kinds = {kind.code for kind in self.referral_kinds}
        questions = [service.question for service in self.information_services]
        yield from _undeclared(
            "information_services", "question", questions, {question.code for question in self.information_questions}
        )
        yield from _undeclared("asked", "partner", [asked.partner for asked in self.asked], partners)
        for position, asked in enumerate(self.asked):
            yield from _undeclared(f"asked[{position}].services", "", asked.services, services)
            yield from _undeclared(f"asked[{position}].municipalities", "", asked.municipalities or (), places)
            yield from _undeclared(f"asked[{position}].kinds", "", asked.kinds or (), kinds)
        destinations = {destination.code for destination in self.destinations}
        yield from _undeclared("guards", "service", [guard.service for guard in self.guards], services)
        yield from _undeclared("guards", "destination", [guard.destination for guard in self.guards], destinations)
        for position, guard in enumerate(self.guards):
            yield from _undeclared(f"guards[{position}].municipalities", "", guard.municipalities or (), places)
            yield from _undeclared(f"guards[{position}].kinds", "", guard.kinds or (), kinds)
            needed = "destination" if guard.effect == "route_to" else "service"
            if getattr(guard, needed) is None:
                yield f"guards[{position}].{needed}", "is required with this effect"

    def _who_hear(self, types: Set[str]) -> frozenset[str]:
        return frozenset(partner.id for partner in self.partners if partner.hears(types))

    def house(self) -> House:
        tables = {table.id: table for table in self.tables}
        residences = (*self.municipalities, *self.residences)
        return House(
            began_on=self.began_on,
            briefing_weekdays={region.name: WEEKDAYS.index(region.briefing_weekday) for region in self.sub_regions},
            contacts={residence.name: residence.contact for residence in residences},
            moves_briefings=self.briefing.on_holiday == "next_working_day",
            answer_days_before=self.briefing.answer_days_before,
            partners=frozenset(partner.id for partner in self.partners),
            team_partners=frozenset(partner.id for partner in self.partners if partner.bond in TEAM_BONDS),
            decisions={decision.code: decision.rule(tables, self.criteria) for decision in self.decisions},
            reasons={reason.code: reason.rule for reason in self.reasons},
            criteria=frozenset(criterion.code for criterion in self.criteria),
            legal_grounds={
                ground.code: Force(first=ground.valid_from, last=ground.valid_until) for ground in self.legal_grounds
            },
            information_services={
                service.code: InformationService(question=service.question, municipal=service.municipal)
                for service in self.information_services
            },
            questions=frozenset(question.code for question in self.information_questions),
            asked=tuple(asked.rule for asked in self.asked),
            guards={guard.code: guard.rule for guard in self.guards},
            hear_questions=self._who_hear(QUESTIONS),
            hear_each_question=self._who_hear({EACH_QUESTION}),
            hear_reminders=self._who_hear({REMINDER}),
            hear_withdrawals=self._who_hear({WITHDRAWN}),
            destinations=frozenset(destination.code for destination in self.destinations),
            need_consent=frozenset(destination.code for destination in self.destinations if destination.needs_consent),
            addressees=frozenset(addressee.code for addressee in self.addressees),
            follow_ups={follow_up.code: frozenset(follow_up.asks) for follow_up in self.follow_ups},
            ask_all=frozenset(each.code for each in self.follow_ups if each.needs_all),
            of_case_holders=frozenset(each.code for each in self.follow_ups if each.of_case_holder),
            life_domains=frozenset(domain.code for domain in self.life_domains),
            relation_days=self.relation_days,
            fewest_partners=self.briefing.fewest_partners,
            must_attend=frozenset(self.briefing.must_attend),
            correction_days=self.briefing.correction_days,
            chair_corrects=self.briefing.chair_corrects,
        )


def _undeclared(section: str, key: str, names: Sequence[str | None], declared: Set[str]) -> Iterator[tuple[str, str]]:
    """The path and the reason of each undeclared name. names: under this key, of the section's entries in order."""
    for position, name in enumerate(names):
        if name is not None and name not in declared:
            yield f"{section}[{position}].{key}".removesuffix("."), f"{name!r} is not in this profile"


load_houses = house_loader(Profile)
