"""DJI's outflow lists come in by the row, each on the case of whom it is about."""

from services.aftercare.dependencies import Unit
from services.aftercare.domain import reconciliation
from services.aftercare.handlers import judgements
from shared.messaging import Event, Problem

PART = ("partner", "message_id", "list_year", "part", "parts", "rows")
ROW = ("row", "municipality", "institution", "detained_on", "released_on")


def hear_outflow(event: Event, unit: Unit) -> None:
    """The last row of a message to come in, whichever it is, has the whole judged: all its rows count, or none."""
    part = {"house": event.house} | {name: event.data[name] for name in PART}
    row = {"case_id": event.case_id} | {name: event.data[name] for name in ROW}
    if not unit.store.hear_outflow(part, row):
        return
    wrong = reconciliation.wrong_rows(part["list_year"], unit.store.outflows_of_part(part))
    if wrong:
        unit.store.refuse_outflow_part(part)
    else:
        unit.store.stand_outflow_part(part)
    problems = tuple(Problem(broken.field, str(broken)) for broken in wrong[: judgements.MOST_PROBLEMS])
    judgements.judge(event._replace(case_id=None), problems, unit)
