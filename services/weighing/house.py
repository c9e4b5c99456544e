"""What weighing needs to know of a house. Standard library only; `profile.py` reads it from the house's profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from shared.days import FIRST_DAY

Asked = Literal["other_partner", "destination", "life_domains", "question", "asked_of"]
"""What a follow-up can ask, besides who does it until when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """What the house asks of one of its decisions. opens_table: the table to which the decision brings the case.

    criteria: the team names at least one of them; empty if the table asks for none. municipalities, ages: of the
    subjects that the table takes; None for all. families: whether it takes families. escalates: the decision goes to
    somebody above the team. own_action: the house or its partners take action themselves, as at each of its tables.
    follow_ups: the team agrees on at least one of them; empty if it need not.
    """

    needs_reason: bool = False
    opens_table: str | None = None
    criteria: frozenset[str] = frozenset()
    municipalities: frozenset[str] | None = None
    ages: frozenset[str] | None = None
    families: bool = True
    escalates: bool = False
    own_action: bool = False
    follow_ups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRule:
    """What follows from a reason. comes_back: the referral is tabled again; needs_destination: the team says where the
    referral belongs. follow_ups: as in a DecisionRule.
    """

    comes_back: bool = False
    needs_destination: bool = False
    follow_ups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """The days on which a legal ground is in force; None for no first or no last day."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Calendar(NamedTuple):
    """The briefings of a sub-region that are not held on the day that its weekday gives.

    moved: the new day by the day that the weekday gives; None if the briefing was cancelled. extra: the days of
    briefings that were added, for the referrals that were chosen for them alone.
    """

    moved: Mapping[date, date | None]
    extra: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationService:
    """A part of a partner that is asked what it knows. question: what it is asked, unless somebody asks another one.

    municipal: whether it is a part of every municipality, which is asked unless somebody chooses.
    """

    question: str | None = None
    municipal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """To which referrals a rule applies. kinds, municipalities, ages: of referrals; None for all.

    youth_institution: of whatever age, too, if the person is in a youth institution.
    """

    kinds: frozenset[str] | None = None
    municipalities: frozenset[str] | None = None
    ages: frozenset[str] | None = None
    youth_institution: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRule(Scope):
    """A partner that is asked besides the municipality."""

    partner: str
    services: tuple[str, ...]


Effect = Literal["no_own_action", "decide_where", "ask_first", "route_to"]
"""What a guard does. no_own_action: no action of the house while the platform has the case. decide_where: the
team decides together with the platform where the case goes. ask_first: no table before the platform has said whether
it takes the case. route_to: another place is meant for such referrals.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRule(Scope):
    """Keeps one case from being discussed in two places.

    service: whose answer says whether another platform has the case; None with route_to, which has a destination.
    """

    effect: Effect
    service: str | None = None
    destination: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One house's profile.

    briefing_weekdays: per sub-region, Monday is 0. moves_briefings: a briefing on a holiday is held on the next working
    day; otherwise it is skipped. contacts: per municipality or residence the partner that is asked for information,
    None where nobody is asked. answer_days_before: working days before the briefing by which the partner answers.
    team_partners: the partners that may sit in the weighing team. information_services, questions: what partners can be
    asked. asked: who is asked besides the municipality. hear_questions, hear_reminders: the partners that are asked
    and reminded by message. hear_each_question: those whom the message tells what it asks. hear_withdrawals: those that
    hear that an answer is needed no more. guards: what keeps a case from being discussed in two places. destinations,
    addressees: where a referral may be sent, and to whom the team may escalate. need_consent: the destinations that no
    case goes to without a ground. follow_ups: what each asks.
    ask_all: those of which the team may not leave out the question or whom it is asked of. of_case_holders: those that
    go to another partner with the case.
    relation_days: how long after the decision partners still see the case. fewest_partners, must_attend: how many core
    and covenant partners must be at the table for a decision, and which. calendars: per sub-region what was changed in
    its briefings; this alone comes from the database.
    """

    briefing_weekdays: Mapping[str, int]
    moves_briefings: bool = True
    contacts: Mapping[str, str | None]
    answer_days_before: int
    partners: frozenset[str]
    team_partners: frozenset[str]
    decisions: Mapping[str, DecisionRule]
    reasons: Mapping[str, ReasonRule]
    criteria: frozenset[str]
    legal_grounds: Mapping[str, Force]
    information_services: Mapping[str, InformationService] = field(default_factory=dict)
    questions: frozenset[str] = frozenset()
    asked: tuple[AskRule, ...] = ()
    hear_questions: frozenset[str] = frozenset()
    hear_each_question: frozenset[str] = frozenset()
    hear_reminders: frozenset[str] = frozenset()
    hear_withdrawals: frozenset[str] = frozenset()
    guards: Mapping[str, GuardRule] = field(default_factory=dict)
    destinations: frozenset[str] = frozenset()
    need_consent: frozenset[str] = frozenset()
    addressees: frozenset[str] = frozenset()
    follow_ups: Mapping[str, frozenset[Asked]] = field(default_factory=dict)
    ask_all: frozenset[str] = frozenset()
    of_case_holders: frozenset[str] = frozenset()
    life_domains: frozenset[str] = frozenset()
    relation_days: int = 0
    began_on: date = FIRST_DAY
    correction_days: int | None = None
    chair_corrects: bool = False
    fewest_partners: int = 2
    must_attend: frozenset[str] = frozenset()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)

    @property
    def may_be_asked(self) -> frozenset[str]:
        """The partners of the covenant, by phone if need be, and whoever is asked by message."""
        return self.team_partners | self.hear_questions
