"""A house, referrals and table cases to test the rules on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.reporting.house import House, Municipality
from services.reporting.table_figures.rules import Outcome, TableCase
from services.reporting.weighing_figures.rules import WeighedReferral

QUESTIONS = (
    "procedure_departed_from_or_breakthrough",
    "all_parties_cooperate",
    "progress_made",
    "case_made_manageable",
    "case_holder_can_go_on",
)
HOUSE = House(
    municipalities=(
        Municipality(name="Gouda", sub_region="Midden"),
        Municipality(name="Leiden", sub_region="Rijn"),
        Municipality(name="Waddinxveen", sub_region="Midden"),
    ),
    residences=("Buiten regio",),
    columns={"aftercare": "aftercare", "focus_or_top60": "focus"},
    decisions={
        "focus": "focus_or_top60",
        "top60": "focus_or_top60",
        "aftercare": "aftercare",
        "escalate": "escalate",
        "no_follow_up": "no_follow_up",
    },
    escalating=frozenset({"escalate"}),
    tables={"focus": "focus_or_top60", "top60": "focus_or_top60", "aftercare": "aftercare"},
    scored_on={"focus": frozenset(QUESTIONS), "top60": frozenset(QUESTIONS)},
    outcome_questions=QUESTIONS,
    reasons=("deferred", "informed"),
    life_domains=("housing", "debts"),
    monitoring_moments=("week_1", "month_1"),
    smallest_count_shown=5,
)
ALL_WELL: Outcome = dict.fromkeys(QUESTIONS, True)
STUCK: Outcome = {**ALL_WELL, "progress_made": False}

YOUTH_HOUSE = replace(
    HOUSE,
    columns={"youth": "young", "top_x": "top_x", "life_course": "life_course"},
    decisions={"youth_table": "youth", "top_x": "top_x", "life": "life_course", "to_mayor": "elsewhere"},
    escalating=frozenset({"to_mayor"}),
    tables={"youth_table": "youth", "top_x": "top_x", "life": "life_course"},
    scored_on={
        "youth_table": frozenset({"at_school", "safe_home"}),
        "top_x": frozenset({"no_new_offence", "at_school"}),
    },
    outcome_questions=("no_new_offence", "at_school", "safe_home", "asked_nowhere"),
)
"""A house with other figures, tables, decisions and questions."""


def weighed(subject_id: UUID | None = None, decision: str = "focus", **more: Any) -> WeighedReferral:
    known = {
        "referrer": "police",
        "first_weighed_on": date(2015, 3, 10),
        "reason": None,
        "sex": "man",
        "age_class": "23_and_over",
        "received_on": date(2015, 3, 3),
    }
    return WeighedReferral(subject_id=subject_id or uuid4(), decision=decision, **{**known, **more})


def table_case(
    table: str = "focus",
    municipality: str = "Gouda",
    opened_on: date = date(2015, 1, 1),
    closed_on: date | None = None,
    outcome: Outcome | None = None,
) -> TableCase:
    return TableCase(
        subject_id=uuid4(),
        table=table,
        municipality=municipality,
        opened_on=opened_on,
        closed_on=closed_on,
        outcome=outcome,
    )
