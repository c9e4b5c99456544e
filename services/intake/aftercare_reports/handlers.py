"""Partners report to aftercare: each report is handed on, and its sender is answered once aftercare has judged it."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

import orjson

from services.intake import metrics
from services.intake.aftercare_reports.messages import (
    ConversationReport,
    ConversationReported,
    Invoice,
    InvoiceReceived,
    OutflowList,
    OutflowReported,
    ReleaseDate,
    ReleaseDateReported,
    StatementOnAssignment,
    SubmissionJudged,
    TrajectoryProgress,
    TrajectoryProgressReported,
)
from services.intake.aftercare_reports.rules import NobodyDetained, UnknownReport
from services.intake.aftercare_reports.store import HandedOn, HandedOnStore
from services.intake.assignments.rules import NotAssigned
from services.intake.assignments.store import Assigned, AssignmentStore
from services.intake.partners.handlers import accept, partner_of, refuse
from services.intake.subjects.handlers import known_already, load_candidates
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.messaging import Event, Ignorable, Problem
from shared.messaging.envelope import IdsAsSent
from shared.sealed_texts import SealedText

HANDED_ON = "handed_on"
"""What of a report is sealed under this name: the partner's own reference, which may say anything."""

Report = TypeVar("Report", ReleaseDate, OutflowList, ConversationReport, TrajectoryProgress, Invoice)
OnAssignment = TypeVar("OnAssignment", bound=StatementOnAssignment)


def hand_on_release_date(event: Event[ReleaseDate], unit: Unit) -> None:
    """Hand on the new release date of a known subject to aftercare, or that there is none. Raises NobodyDetained."""
    report = event.data
    known = known_already(report.subject, partner_of(event), event.house, unit)
    if known is None:
        raise NobodyDetained
    _hand_on(event, known.case_id, unit)
    message = ReleaseDateReported(
        message_id=event.id,
        partner=partner_of(event),
        detained_on=report.detained_on,
        release_on=report.release_on,
        reported_on=dutch_date(event.time),
        reported_at=event.time,
    )
    unit.announce(message, house=event.house, case_id=known.case_id, time=event.time)


def hand_on_outflow_list(event: Event[OutflowList], unit: Unit) -> None:
    """Hand on each row of the list to aftercare, with the case of a known person. Unknown people are not registered."""
    outflow = event.data
    load_candidates(event.house, [row.person for row in outflow.rows], partner_of(event), unit)
    _hand_on(event, None, unit)
    for number, row in enumerate(outflow.rows, start=1):
        known = known_already(row.person, partner_of(event), event.house, unit)
        message = OutflowReported(
            message_id=event.id,
            partner=partner_of(event),
            list_year=outflow.year,
            part=outflow.part,
            parts=outflow.parts,
            rows=len(outflow.rows),
            row=number,
            municipality=row.municipality,
            institution=row.institution,
            detained_on=row.detained_on,
            released_on=row.released_on,
        )
        unit.announce(message, house=event.house, case_id=known.case_id if known else None, time=event.time)


def hand_on_conversation(event: Event[ConversationReport], unit: Unit) -> None:
    """Hand on the report of a conversation in prison to aftercare, and keep its outcome. Raises NotAssigned."""
    report, assigned = event.data, _assigned(event, unit)
    _hand_on(event, assigned.case_id, unit)
    if not assigned.is_forgotten:
        unit.texts.write(_outcome(event, assigned.case_id))
    message = ConversationReported(
        message_id=event.id,
        partner=partner_of(event),
        assignment_id=report.assignment_id,
        held_on=report.held_on,
        needs=report.needs,
        offered=report.offered,
        accepted=report.accepted,
    )
    unit.announce(message, house=event.house, case_id=assigned.case_id, time=event.time)


def hand_on_progress(event: Event[TrajectoryProgress], unit: Unit) -> None:
    """Hand on the stage or the end of a trajectory to aftercare. Raises NotAssigned."""
    report, case_id = event.data, _assigned(event, unit).case_id
    _hand_on(event, case_id, unit)
    message = TrajectoryProgressReported(
        message_id=event.id,
        partner=partner_of(event),
        assignment_id=report.assignment_id,
        on=report.on,
        step=report.step,
        result=report.result,
    )
    unit.announce(message, house=event.house, case_id=case_id, time=event.time)


def hand_on_invoice(event: Event[Invoice], unit: Unit) -> None:
    """Hand on the invoice of a provider to aftercare. Raises NotAssigned."""
    invoice, case_id = event.data, _assigned(event, unit).case_id
    _hand_on(event, case_id, unit)
    message = InvoiceReceived(
        message_id=event.id,
        partner=partner_of(event),
        assignment_id=invoice.assignment_id,
        number=invoice.number,
        amount=invoice.amount,
        invoiced_on=invoice.invoiced_on,
    )
    unit.announce(message, house=event.house, case_id=case_id, time=event.time)


def answer_report(event: Event[SubmissionJudged], unit: Unit) -> None:
    """Send the partner the receipt for its report, or a refusal with the problems that aftercare found.

    Raises UnknownReport.
    """
    judged, store = event.data, unit.store(HandedOnStore)
    handed_on = store.handed_on(event.house, judged.partner, judged.message_id)
    if handed_on is None:
        raise UnknownReport
    if handed_on.problems is not None:
        raise Ignorable("the message is judged already")
    problems = [Problem(*found) for found in judged.problems]
    store.judge(event.house, judged.partner, judged.message_id, problems)
    _answer(event.house, judged.partner, _ids(judged.message_id, handed_on, unit), handed_on, problems, unit)


def repeat_judgement(event: Event[Report], unit: Unit) -> None:
    """Give the sender of a report the same answer again, and none while the report is not judged."""
    partner = partner_of(event)
    handed_on = unit.store(HandedOnStore).handed_on(event.house, partner, event.id)
    if handed_on and handed_on.problems is not None:
        _answer(event.house, partner, event.ids_as_sent, handed_on, handed_on.problems, unit)


def _assigned(event: Event[OnAssignment], unit: Unit) -> Assigned:
    assigned = unit.store(AssignmentStore).assigned(event.house, partner_of(event), event.data.assignment_id)
    if assigned is None:
        raise NotAssigned
    return assigned


def _outcome(event: Event[ConversationReport], case_id: UUID) -> SealedText:
    """The text has the id of the conversation; what a provider writes anew is a newer version."""
    return SealedText(
        text_id=event.data.assignment_id,
        house=event.house,
        case_id=case_id,
        kind="outcome",
        organisation=partner_of(event),
        written_at=event.time,
        text=event.data.outcome,
    )


def _hand_on(event: Event[Report], case_id: UUID | None, unit: Unit) -> None:
    partner = partner_of(event)
    seal = unit.publishing.sealer.seal
    sealed = {
        "reference": seal(event.data.reference.encode(), HANDED_ON),
        "ids_as_sent": seal(orjson.dumps(list(event.ids_as_sent)), HANDED_ON),
    }
    unit.store(HandedOnStore).add_handed_on(event.house, partner, event.id, case_id=case_id, **sealed)
    metrics.HANDED_ON.labels(event.house, partner, event.type).inc()


def _answer(
    house: str, partner: str, ids: IdsAsSent, handed_on: HandedOn, problems: Sequence[Problem], unit: Unit
) -> None:
    if problems:
        refuse(unit.profile(house), partner, ids, problems, unit)
        return
    reference = unit.publishing.sealer.open(handed_on.reference, HANDED_ON).decode()
    to = unit.profile(house).user_of(partner)
    accept(ids, unit, house=house, to=to, case_id=handed_on.case_id, reference=reference)


def _ids(message_id: UUID, handed_on: HandedOn, unit: Unit) -> IdsAsSent:
    """The ids as the partner wrote them; those of a message that was handed on before they were kept follow from it."""
    if handed_on.ids_as_sent is None:
        return IdsAsSent(str(message_id), str(message_id))
    return IdsAsSent(*orjson.loads(unit.publishing.sealer.open(handed_on.ids_as_sent, HANDED_ON)))
