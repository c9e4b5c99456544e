"""A house, a referral and a decision to test the rules on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.weighing.decisions.checks import broken_rules
from services.weighing.decisions.rules import Decision
from services.weighing.house import DecisionRule, Force, House, ReasonRule
from services.weighing.information_requests.rules import InformationRequest
from services.weighing.referrals.rules import Referral
from shared.rules import BrokenRule

TUESDAY, THURSDAY = 1, 3

HOUSE = House(
    briefing_weekdays={"North": TUESDAY, "South": THURSDAY},
    contacts={"Noordstad": "town-north", "Zuidstad": "town-south", "Elsewhere": None},
    answer_days_before=1,
    partners=frozenset({"police", "prosecutor", "town-north", "visitor", "other-visitor"}),
    team_partners=frozenset({"police", "prosecutor", "town-north"}),
    decisions={
        "focus": DecisionRule(
            opens_table="focus", criteria=frozenset({"several_life_domains", "municipality_lacks_means"})
        ),
        "theme": DecisionRule(opens_table="theme", criteria=frozenset({"of_the_theme"})),
        "aftercare": DecisionRule(opens_table="aftercare", families=False),
        "youth": DecisionRule(
            opens_table="youth", municipalities=frozenset({"Noordstad"}), ages=frozenset({"under_18"})
        ),
        "bilateral": DecisionRule(),
        "settle": DecisionRule(follow_ups=frozenset({"settle_bilaterally"})),
        "escalate": DecisionRule(escalates=True),
        "no_follow_up": DecisionRule(needs_reason=True),
    },
    reasons={
        "informed": ReasonRule(),
        "deferred": ReasonRule(comes_back=True),
        "not_fitting": ReasonRule(needs_destination=True),
        "asked": ReasonRule(follow_ups=frozenset({"ask_supervisor"})),
    },
    criteria=frozenset({"several_life_domains", "municipality_lacks_means", "of_the_theme"}),
    legal_grounds={
        "covenant": Force(),
        "old_act": Force(last=date(2015, 3, 9)),
        "new_act": Force(first=date(2015, 3, 10)),
    },
    questions=frozenset({"running_there"}),
    destinations=frozenset({"neighbourhood_team", "care_table"}),
    need_consent=frozenset({"care_table"}),
    addressees=frozenset({"mayor"}),
    follow_ups={
        "settle_bilaterally": frozenset({"other_partner"}),
        "ask_supervisor": frozenset({"question", "asked_of"}),
        "ask_partner": frozenset({"question", "asked_of"}),
        "place_elsewhere": frozenset({"destination"}),
        "start_voluntary_trajectory": frozenset({"life_domains"}),
    },
    ask_all=frozenset({"ask_partner"}),
    life_domains=frozenset({"housing", "debts"}),
)

BRIEFING = date(2015, 3, 10)  # a Tuesday


def referral(**differently: Any) -> Referral:
    """Received on the Thursday before the briefing at which it is on the table."""
    usual = Referral(
        referral_id=UUID(int=1),
        house="house",
        case_id=UUID(int=2),
        subject_id=UUID(int=3),
        kind="arrest_notice",
        referrer="police",
        received_on=date(2015, 3, 5),
        municipality="Noordstad",
        sub_region="North",
        table_on=BRIEFING,
    )
    return replace(usual, **differently)


def decision(**differently: Any) -> Decision:
    usual = Decision(
        briefing_on=BRIEFING, decision="bilateral", attendees=("police", "prosecutor"), legal_ground="covenant"
    )
    return replace(usual, **differently)


def deferral(**differently: Any) -> Decision:
    return decision(decision="no_follow_up", reason="deferred", **differently)


def broken_fields(given: Decision, *requests: InformationRequest, **about: Any) -> list[str]:
    """The fields that a decision is refused for, a year after the briefing."""
    return [rule.field for rule in broken(given, *requests, **about)]


def broken(given: Decision, *requests: InformationRequest, **about: Any) -> list[BrokenRule]:
    return list(broken_rules(referral(**about), given, requests, HOUSE, date(2016, 3, 10)))
