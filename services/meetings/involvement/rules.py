"""How partners are involved in a table case: by the plan that stands, while the table case runs and a while after."""

from datetime import date

from services.meetings.plans.rules import ActionPlan, Agreement
from services.meetings.table_cases.rules import TableCase


def is_over(table_case: TableCase, since: date) -> bool:
    """Whether no partner is involved any more: the table case was withdrawn, or closed before that day."""
    closing = table_case.closing
    return table_case.withdrawn_on is not None or (closing is not None and closing.closed_on < since)


def agreements_of(partner: str, plan: ActionPlan) -> tuple[Agreement, ...]:
    """Those that the partner keeps."""
    return tuple(each for each in plan.agreements if each.owner.partner == partner)
