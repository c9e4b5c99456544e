"""Conversations in prison: asked for, held and reported. Load, decide, store, announce."""

from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.dependencies import Unit
from services.aftercare.domain import conversations
from services.aftercare.domain.conversations import Conversation, Report
from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.errors import BrokenRule, UnknownConversation
from services.aftercare.handlers.assignments import give_conversation
from services.aftercare.handlers.detentions import announce, detention_to_change
from shared.messaging import Event
from shared.postgres import as_row

IN_REPORTS = {"conversationId": "assignmentId"}
"""What a provider calls the fields that a broken rule blames."""

ANSWERS = {True: "accepted", False: "declined", None: "open"}


def record_conversation(house: str, detention_id: UUID, wanted: dict[str, object], unit: Unit) -> Conversation:
    """The conversation that a provider is asked for, or that was held. wanted: as the command gives it."""
    detention = detention_to_change(house, detention_id, unit)
    others = unit.store.conversations(detention_id)
    asked = Conversation(conversation_id=uuid4(), house=house, detention_id=detention_id, **wanted)  # type: ignore[arg-type]
    recorded = conversations.record(asked, detention, others, unit.profile(house))
    if recorded in others:
        return recorded
    unit.store.add_conversation(recorded)
    if recorded.report:
        _announce_held(recorded, recorded.report, detention, unit)
    elif recorded.provider and recorded.asked_on:
        give_conversation(recorded, recorded.provider, recorded.asked_on, detention, unit)
    return recorded


def report_conversation(house: str, conversation_id: UUID, report: Report, unit: Unit) -> Conversation:
    """The conversation with how it went."""
    conversation = unit.store.conversation_to_change(house, conversation_id)
    if not conversation:
        raise UnknownConversation
    detention = detention_to_change(house, conversation.detention_id, unit)
    held = conversations.report(conversation, report, detention, unit.profile(house))
    if held is not conversation and held.report:
        unit.store.report_conversation(held)
        _announce_held(held, held.report, detention, unit)
    return held


def conversation_reported(event: Event, unit: Unit) -> None:
    """A provider reports. Raises BrokenRule, with the field as the report names it."""
    report = Report(**{name: event.data[name] for name in ("held_on", "offered", "accepted", "outcome", "needs")})
    try:
        report_conversation(event.house, event.data["assignment_id"], report, unit)
    except BrokenRule as broken:
        broken.field = IN_REPORTS.get(broken.field, broken.field)
        raise


def _announce_held(conversation: Conversation, report: Report, detention: Detention, unit: Unit) -> None:
    """Others hear what came of it, and not what was said."""
    which = {"conversation_id": conversation.conversation_id, "provider": conversation.provider}
    announce("conversations.held.v1", detention, report.held_on, which | as_row(report), unit)
    answer = ANSWERS[report.accepted] if report.offered else "not_offered"
    metrics.CONVERSATIONS.labels(detention.house, answer).inc()
