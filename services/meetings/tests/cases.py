"""A house and a table case to test the rules on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.meetings.house import House, MomentRule, Table
from services.meetings.plans.rules import ActionPlan, Agreement, Owner
from services.meetings.table_cases.rules import TableCase

HOUSE = House(
    tables={
        "focus": Table(once=True, scored_on=frozenset({"progress_made", "all_parties_cooperate"})),
        "top60": Table(once=False, scored_on=frozenset({"progress_made", "all_parties_cooperate"})),
        "aftercare": Table(once=False),
        "round": Table(once=False, monitored=False),
        "local": Table(once=False, municipalities=frozenset({"Zuidstad"})),
    },
    sub_regions=frozenset({"North", "South"}),
    partners=frozenset({"police", "probation"}),
    life_domains=frozenset({"housing", "debts"}),
    monitoring_moments=(
        MomentRule(code="week_1", weeks=1),
        MomentRule(code="month_1", months=1),
        MomentRule(code="month_6", months=6),
    ),
)

OUTCOME = {"progress_made": True, "all_parties_cooperate": False}


def table_case(**differently: Any) -> TableCase:
    usual = TableCase(
        table_case_id=uuid4(),
        house="house",
        case_id=UUID(int=1),
        subject_id=UUID(int=2),
        referral_id=UUID(int=3),
        table="focus",
        municipality="Noordstad",
        sub_region="North",
        opened_on=date(2015, 3, 10),
    )
    return replace(usual, **differently)


def agreement(**differently: Any) -> Agreement:
    usual = Agreement(
        owner=Owner(partner="police", person="wijkagent"),
        what="visit weekly",
        due_on=date(2015, 4, 30),
        domain="housing",
    )
    return replace(usual, **differently)


def action_plan(**differently: Any) -> ActionPlan:
    usual = ActionPlan(agreed_on=date(2015, 3, 17), case_holder="probation", agreements=(agreement(),))
    return replace(usual, **differently)
