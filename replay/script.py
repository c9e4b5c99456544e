"""The script of a year: everything that partners and people do, and when."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from replay.contradictions import Contradiction
from replay.house import House
from replay.published import Year


class CannotPlan(Exception):
    """The figures speak of something that the house's profile does not have, or of more than can be."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person or family. sex: `man`, `woman`, `family` or `unknown`."""

    place: str
    sex: str
    age_class: str
    family_name: str
    given_names: str | None = None
    bsn: str | None = None
    birth_date: date | None = None

    @property
    def is_family(self) -> bool:
        return self.sex == "family"

    @property
    def is_recognised(self) -> bool:
        """Whether the house knows this person again in a later referral."""
        return not self.is_family and bool(self.bsn or self.birth_date)


@dataclass(frozen=True, kw_only=True)
class Tabling:
    """What the team decides on a referral at one briefing; comes_back_on: the briefing of the next tabling.

    corrects: the decision that is recorded first, by mistake.
    """

    on: date
    decision: str
    reason: str | None = None
    comes_back_on: date | None = None
    corrects: str | None = None

    @property
    def as_recorded(self) -> "Tabling":
        """With the wrong decision, if it is corrected afterwards."""
        return replace(self, decision=self.corrects, reason=None, corrects=None) if self.corrects else self


@dataclass(frozen=True, kw_only=True)
class Detention:
    """What a detention notice tells, and what the aftercare coordinator does with it."""

    institution: str
    detained_on: date
    expected_release_on: date | None
    release_changes_on: date | None = None
    released_on: date | None = None
    plan_on: date | None = None
    refused_on: date | None = None
    bottlenecks: tuple[str, ...] = ()

    @property
    def left_on(self) -> date | None:
        """When somebody really came out, as far as it can be told."""
        return self.released_on or self.expected_release_on


@dataclass(frozen=True, kw_only=True)
class Referral:
    """One message of a partner. `tablings` is empty for what is not weighed: own aftercare, sealed themes, withdrawn.

    channel: `phone` or `mail` for what comes without a message. withdrawn_on: by its sender, before a briefing.
    sealed_on: by the theme's officer, before a briefing; otherwise a theme is told at once. unsealed: once the year is
    over. held_back: until the information coordinator says whether it is worrying, as its sender does not.
    """

    number: int
    subject: Subject
    kind: str
    partner: str
    received_on: date
    text: str
    tablings: tuple[Tabling, ...] = ()
    detention: Detention | None = None
    theme: str | None = None
    channel: str | None = None
    withdrawn_on: date | None = None
    sealed_on: date | None = None
    unsealed: bool = False
    held_back: bool = False

    @property
    def reaches_agenda(self) -> bool:
        """Whether partners are asked about it."""
        return bool(self.tablings or self.withdrawn_on or self.sealed_on)


@dataclass(frozen=True, kw_only=True)
class SuspectList:
    """Whose cases run at ZSM on a day, as a partner tells: people of the house's referrals, and people of none."""

    on: date
    partner: str
    suspects: tuple[Subject, ...]


@dataclass(frozen=True, kw_only=True)
class BijQuestion:
    """What a municipality asks on somebody who returns. corrected: the house's first answer is wrong."""

    on: date
    partner: str
    about: Subject
    corrected: bool


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """The prosecutor asks whether the house discusses somebody. ask_for: whom the house names; None where it says no.

    table_case: the referral of an advised table case, whose advice is shown.
    """

    on: date
    partner: str
    about: Subject
    ask_for: str | None = None
    table_case: int | None = None


@dataclass(frozen=True, kw_only=True)
class Call:
    """What reaches the house by phone or mail and is no referral. sorted_as: in intake's words, or `duplicate`: a
    colleague took the call before, too."""

    on: date
    channel: str
    partner: str
    sorted_as: str


@dataclass(frozen=True, kw_only=True)
class Double:
    """Two records that are merged, by their referrals. wrongly: they are of two people, and are separated again."""

    referral: int
    other: int
    wrongly: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """The answer at a monitoring moment."""

    code: str
    on: date
    plan_stands: bool


@dataclass(frozen=True, kw_only=True)
class TableCase:
    """A case under treatment. outcome: what is scored yes at closing, None when it is not scored.

    advised: a ZSM advice is written, once there is a plan.
    """

    referral: int
    table: str
    sub_region: str
    opened_on: date
    session_on: date
    case_holder: str
    referrer: str
    domains: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    closed_on: date | None = None
    outcome: frozenset[str] | None = None
    runs_on: bool = False
    advised: bool = False


@dataclass(frozen=True, kw_only=True)
class WrongMessage:
    """A message that is refused: what is wrong with it, who sends it and when."""

    wrong: str
    partner: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a provider reports: a stage, `ended` with a result, or that a conversation was `held` and its answer."""

    on: date
    step: str
    result: str | None = None
    accepted: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What a provider does for somebody in detention, and what it costs. kind: of trajectory; None: a conversation."""

    referral: int
    provider: str
    line: str
    kind: str | None
    needs: tuple[str, ...]
    cost: Decimal
    given_on: date
    reports: tuple[Report, ...]
    invoiced_on: date


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Somebody's stay in a transition house; ended_on: None while it goes on."""

    referral: int
    transition_house: str
    asked_on: date
    began_on: date
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class FundYear:
    """A year of a fund: what comes in, by municipality, what is set apart for each line, and what is done with it.

    outflow: in the reference year, by which the fund allots.
    """

    fund: str
    year: int
    outflow: dict[str, int]
    contributions: dict[str, Decimal]
    budgets: dict[str, Decimal]
    assignments: tuple[Assignment, ...]
    stays: tuple[Stay, ...]


@dataclass(frozen=True, kw_only=True)
class Script:
    """A whole year. year: the figures that it aims at; contradictions: of the published ones.

    shortfalls: figures for which no way was found, though they do not contradict each other.
    """

    house: House
    year: Year
    referrals: tuple[Referral, ...]
    table_cases: tuple[TableCase, ...]
    wrong_messages: tuple[WrongMessage, ...] = ()
    calls: tuple[Call, ...] = ()
    doubles: tuple[Double, ...] = ()
    suspect_lists: tuple[SuspectList, ...] = ()
    bij_questions: tuple[BijQuestion, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    fund_year: FundYear | None = None
    contradictions: tuple[Contradiction, ...] = ()
    shortfalls: tuple[Contradiction, ...] = field(default=())
