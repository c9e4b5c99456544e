"""The prison service's outflow lists come in by the row, each on the case of the person."""

from services.aftercare.house import House
from services.aftercare.judgements.handlers import judge
from services.aftercare.outflows.messages import OutflowReported
from services.aftercare.outflows.rules import Outflow, OutflowPart, outflow_id_of, wrong_rows
from services.aftercare.outflows.store import OutflowStore
from shared.messaging import Event, at_most_told, problem_of
from shared.unit import Unit


def hear_outflow(event: Event[OutflowReported], unit: Unit[House]) -> None:
    """Store a row of an outflow list. After the last row of a message, accept all its rows or refuse all."""
    part = _part(event)
    store = unit.store(OutflowStore)
    if not store.hear_outflow(part, _outflow(event, part)):
        return
    wrong = wrong_rows(part.list_year, store.outflows_of_part(part))
    if wrong:
        store.refuse_part(part)
    else:
        store.let_part_stand(part)
    problems = tuple(at_most_told(map(problem_of, wrong)))
    judge(event._replace(case_id=None), problems, unit)


def _part(event: Event[OutflowReported]) -> OutflowPart:
    reported = event.data
    return OutflowPart(
        house=event.house,
        partner=reported.partner,
        message_id=reported.message_id,
        list_year=reported.list_year,
        part=reported.part,
        parts=reported.parts,
        rows=reported.rows,
    )


def _outflow(event: Event[OutflowReported], part: OutflowPart) -> Outflow:
    reported = event.data
    return Outflow(
        outflow_id=outflow_id_of(part, reported.row),
        row=reported.row,
        partner=reported.partner,
        case_id=event.case_id,
        municipality=reported.municipality,
        institution=reported.institution,
        detained_on=reported.detained_on,
        released_on=reported.released_on,
    )
