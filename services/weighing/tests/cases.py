"""A house, a referral and a decision to test the rules on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.weighing.decisions.rules import Decision, broken_rules
from services.weighing.house import DecisionRule, House, ReasonRule
from services.weighing.referrals.rules import Referral

TUESDAY, THURSDAY = 1, 3

HOUSE = House(
    briefing_weekdays={"North": TUESDAY, "South": THURSDAY},
    contacts={"Noordstad": "town-north", "Zuidstad": "town-south", "Elsewhere": None},
    answer_days_before=1,
    partners=frozenset({"police", "prosecutor", "town-north", "visitor", "other-visitor"}),
    team_partners=frozenset({"police", "prosecutor", "town-north"}),
    decisions={
        "focus": DecisionRule(opens_table="focus", needs_criteria=True),
        "aftercare": DecisionRule(opens_table="aftercare"),
        "youth": DecisionRule(
            opens_table="youth", municipalities=frozenset({"Noordstad"}), ages=frozenset({"under_18"})
        ),
        "bilateral": DecisionRule(),
        "escalate": DecisionRule(escalates=True),
        "no_follow_up": DecisionRule(needs_reason=True),
    },
    reasons={
        "informed": ReasonRule(),
        "deferred": ReasonRule(comes_back=True),
        "not_fitting": ReasonRule(needs_destination=True),
    },
    criteria=frozenset({"several_life_domains", "municipality_lacks_means"}),
    national_criteria=frozenset({"several_life_domains"}),
    legal_grounds=frozenset({"covenant"}),
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


def broken_fields(given: Decision, **about: Any) -> list[str]:
    """The fields that a decision is refused for, a year after the briefing."""
    return [rule.field for rule in broken_rules(referral(**about), given, HOUSE, date(2016, 3, 10))]
