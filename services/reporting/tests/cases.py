"""A house, referrals and table cases to test the rules on."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.reporting.house import House, Municipality
from services.reporting.table_figures.rules import Outcome, TableCase
from services.reporting.weighing_figures.rules import WeighedReferral

HOUSE = House(
    municipalities=(
        Municipality(name="Gouda", sub_region="Midden"),
        Municipality(name="Leiden", sub_region="Rijn"),
        Municipality(name="Waddinxveen", sub_region="Midden"),
    ),
    residences=("Buiten regio",),
    decisions={
        "focus": "focus_or_top60",
        "top60": "focus_or_top60",
        "aftercare": "aftercare",
        "escalate": "escalate",
        "no_follow_up": "no_follow_up",
    },
    tables={"focus": "focus_or_top60", "top60": "focus_or_top60", "aftercare": "aftercare"},
    reasons=("deferred", "informed"),
    life_domains=("housing", "debts"),
    monitoring_moments=("week_1", "month_1"),
    smallest_count_shown=5,
)
ALL_WELL = Outcome(
    procedure_departed_from_or_breakthrough=True,
    all_parties_cooperate=True,
    progress_made=True,
    case_made_manageable=True,
    case_holder_can_go_on=True,
)


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
