"""What intake needs to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Literal, get_args

from shared.days import FIRST_DAY
from shared.functions import THEME_ROLE

NO_WORD = re.compile(r"[\W_]+")
ALIKE = 0.75
"""How much of two spellings must be equal for one to be a slip of the pen: `goudda` is near `gouda`."""
SUSPECT_LISTS = "suspect-lists.submitted.v1"
"""The short type of what ZSM sends each day."""
QUESTION = "information-requests.sent.v1"
"""The short type of a question to a partner: which of its services are involved."""
PER_SERVICE = "information-requests.sent.v2"
"""The short type of a question to a partner, service by service."""
FEEDBACK = "feedback.given.v1"
"""The short type of what a referrer hears that the team decided."""
TO_ASKED = "information-requests.decided.v1"
"""The short type of what a partner hears that was asked about somebody on whom the team decided."""
FROM_EVERY_PARTNER = frozenset({"replays.requested.v1"})
"""Short types that a partner may send without its profile saying so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality, or a residence such as `Buiten regio`. `sub_region`: whose briefing weighs its referrals.

    `other_names`: former names, and other spellings. `cbs_code`: of Statistics Netherlands, `GM0513`. `contact`: the
    partner that answers for it.
    """

    name: str
    cbs_code: str | None = None
    other_names: tuple[str, ...] = ()
    sub_region: str
    own_aftercare: bool = False
    contact: str | None = None

    def spellings(self) -> set[str]:
        """Every text that means this municipality, as `plain` writes it: `kaagenbraassem`, `gm1884`, `1884`."""
        code = self.cbs_code or ""
        return {plain(text) for text in (self.name, *self.other_names, code, code.removeprefix("GM")) if text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation with a queue of its own. `may_send` and `may_get` hold short types."""

    id: str
    source: str
    may_send: frozenset[str]
    may_get: frozenset[str]

    def sends(self, type: str) -> bool:
        return type in self.may_send or type in FROM_EVERY_PARTNER


def plain(name: str) -> str:
    """A name without capitals, punctuation and spaces: `Kaag & Braassem`: `kaagenbraassem`, `P.I. Vught`: `pivught`."""
    return NO_WORD.sub("", name.casefold().replace("&", "en"))


Form = Literal["arrest_notice", "detention_notice", "current_referral"]
"""As what partners bring referrals. Each is a kind of referral too; other kinds of a house are current referrals."""
CURRENT: Form = "current_referral"
FORMS: Mapping[str, Form] = {form: form for form in get_args(Form)}
Weighed = Literal["always", "never", "if_worrying"]
"""Whether a briefing weighs referrals of a kind; `if_worrying`: once somebody has said that it is worrying."""

Role = Literal[
    "weighing_team", "information_coordinator", "process_director", "aftercare_coordinator", "intake_officer"
]
"""Who can be told who somebody is, if the profile says so."""
Detail = Literal["bsn", "identifiers", "family_name", "given_names", "birth_date", "sex"]
"""What is told of somebody for one purpose and not for another. Kind and municipality are always told."""
TextKind = Literal["concern", "offence", "risks", "urgent_because", "answer", "remark", "outcome"]
"""What is written about somebody, told for one purpose and not for another likewise."""
ToldField = Literal[Detail, TextKind]
"""What a profile names among the fields of a disclosure."""
TEXT_OF: Mapping[Form, TextKind] = {"arrest_notice": "offence", "current_referral": "concern"}
"""The text that comes with a referral of a form, by the name of its field."""
BESIDES: tuple[TextKind, ...] = ("risks", "urgent_because")
"""The texts that may come with a current referral besides its concern, by the name of the field."""
ASKED = "information_request"
"""The purpose for which a partner is told whom it is asked about."""
LATE = "late_information"
"""The purpose for which the holder of a case at a table reads what a partner told after the decision."""
OF_PARTNERS = frozenset({ASKED, LATE})
"""The purposes for which people of partners are told something, and no role of the house is."""
INTAKE = "intake"
"""The purpose for which the intake officer finds out who somebody is."""
OWN = "own"
"""The purpose for which people of a partner read what the partner wrote itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What is told of a subject for a purpose. to: roles; of OF_PARTNERS: ids of partners."""

    purpose: str
    to: frozenset[str]
    details: frozenset[ToldField]


def form_of(kind: str) -> Form:
    """As what partners bring referrals of a kind."""
    return FORMS.get(kind, CURRENT)


def text_of(kind: str) -> TextKind | None:
    """The text that comes with referrals of a kind; None if none does."""
    return TEXT_OF.get(form_of(kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What becomes of referrals of a kind. exceptions: by residence."""

    weighed: Weighed
    exceptions: Mapping[str, Weighed] = field(default_factory=dict)

    def of(self, residence: str) -> Weighed:
        return self.exceptions.get(residence, self.weighed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedLists:
    """When lists of suspects come. weekdays: Monday is 0. missed: after so many lists that did not come somebody asks.

    expected_from: a list is expected from this day on even if none ever came; None: only once one came.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    missed: int = 2
    expected_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house. `reference_day`: the month and day on which ages are counted.

    `institutions`: the code of each institution, by its name and by everything that means it, as `plain` writes it.
    `youth_institutions`: the codes of those for young people.
    `kinds`: what becomes of referrals, by their kind. `services`: the parts of partners that information
    requests are about. `municipal_questions`: what each part of a municipality is asked by default.
    `withholding_grounds`: why a service may not share what it knows. `organisation_kinds`, `measure_kinds`: of what is
    told with a referral, besides partners. `disclosures`: what is told of a subject, to whom
    and for what. `relation_days`: how long after its answer a partner is still told whom it was asked about.
    `readable_days`: how long after its end a purpose stays open for a case; None if each is open for every case.
    `sealed_themes`: the role of each, by its code. `need_consent`: the destinations that nobody is sent to without a
    ground. `reaches`: how to reach a destination, of those that say so.
    `sure_from`, `ask_from`: the points from which two records are very likely, or possibly, of one person or family.
    """

    id: str
    municipalities: Mapping[str, Municipality]
    institutions: Mapping[str, str]
    partners: Mapping[str, Partner]
    kinds: Mapping[str, Treatment]
    sealed_themes: Mapping[str, str]
    services: frozenset[str]
    municipal_questions: Mapping[str, str | None] = field(default_factory=dict)
    youth_institutions: frozenset[str] = frozenset()
    withholding_grounds: frozenset[str] = frozenset()
    organisation_kinds: frozenset[str] = frozenset()
    measure_kinds: frozenset[str] = frozenset()
    disclosures: tuple[Disclosure, ...]
    reference_day: tuple[int, int]
    relation_days: int = 0
    readable_days: int | None = None
    destinations: frozenset[str] = frozenset()
    reaches: Mapping[str, str] = field(default_factory=dict)
    need_consent: frozenset[str] = frozenset()
    outside_through_municipality: bool = False
    sure_from: int = 90
    ask_from: int = 50
    began_on: date = FIRST_DAY
    suspect_lists: ExpectedLists = ExpectedLists()
    _spellings: Mapping[str, Municipality] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spellings = {text: place for place in self.municipalities.values() for text in place.spellings()}
        object.__setattr__(self, "_spellings", spellings)

    def place(self, name: str) -> Municipality | None:
        """The municipality or residence that a partner means, by name or CBS code."""
        return self.municipalities.get(name) or self._spellings.get(plain(name))

    def places_like(self, name: str) -> list[str]:
        """The names of the places that are spelled nearly so, for somebody who made a slip of the pen."""
        nearest = get_close_matches(plain(name), self._spellings, n=3, cutoff=ALIKE)
        return sorted({self._spellings[text].name for text in nearest})

    def institution(self, name: str) -> str | None:
        """The code of the institution that a partner means, by name or code."""
        return self.institutions.get(name) or self.institutions.get(plain(name))

    def kinds_in(self, form: Form) -> set[str]:
        """The kinds of referrals that partners bring so."""
        return {kind for kind in self.kinds if form_of(kind) == form}

    def weighed(self, kind: str, residence: str) -> Weighed:
        """Whether a briefing weighs a referral of this kind about somebody who lives there."""
        return self.kinds[kind].of(residence)

    def may_see_theme(self, theme: str | None, roles: Collection[str]) -> bool:
        """Whether one of these roles sees a theme; THEME_ROLE sees what the profile gives no role, or does not know."""
        return self.sealed_themes.get(theme or "", THEME_ROLE) in roles

    def told(self, purpose: str, to: Collection[str]) -> frozenset[ToldField] | None:
        """The details that are told for a purpose to any of these; None if none of them may name the purpose."""
        own = [each.details for each in self.disclosures if each.purpose == purpose and not each.to.isdisjoint(to)]
        return frozenset().union(*own) if own else None

    @property
    def purposes_of_cases(self) -> frozenset[str]:
        """Those that are open for some cases: the briefing and the tables."""
        return frozenset(each.purpose for each in self.disclosures) - {INTAKE, *OF_PARTNERS}

    @property
    def purposes_of_aftercare(self) -> frozenset[str]:
        """Those for which the aftercare coordinator is told who somebody is."""
        return frozenset(each.purpose for each in self.disclosures if "aftercare_coordinator" in each.to)

    def user_of(self, partner_id: str) -> str:
        """The RabbitMQ user of a partner: its messages come from this user, its answers are routed to it."""
        return f"{self.id}.{partner_id}"

    def reference_date(self, year: int) -> date:
        return date(year, *self.reference_day)
