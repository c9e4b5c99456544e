"""Conversations in prison: asked for, held and reported."""

from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.assignments.handlers import give
from services.aftercare.assignments.rules import Assignment
from services.aftercare.conversations import rules
from services.aftercare.conversations.messages import (
    ConversationHeld,
    ConversationReported,
    ConversationWithdrawn,
    CorrectReport,
    RecordConversation,
)
from services.aftercare.conversations.rules import Conversation, Report, UnknownConversation
from services.aftercare.conversations.store import ConversationStore
from services.aftercare.detentions.rules import Detention, institution_on
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.records.messages import Correction
from shared.messaging import Event
from shared.unit import Unit

ANSWERS = {True: "accepted", False: "declined", None: "open"}


def record_conversation(
    house: str, detention_id: UUID, recorded: RecordConversation, by: str, unit: Unit[House]
) -> Conversation:
    """Record a conversation that a provider is asked for, or that was held. The same one again changes nothing."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    store = unit.store(ConversationStore)
    others = store.conversations(detention_id)
    conversation = rules.record(_conversation(detention, recorded), detention, others, unit.profile(house))
    if conversation not in others:
        store.add_conversation(conversation, detention, by)
        _announce(conversation, detention, unit)
    return conversation


def report_conversation(
    house: str,
    conversation_id: UUID,
    report: Report,
    by: str,
    unit: Unit[House],
    id_field: str = "conversationId",
) -> Conversation:
    """Record the report of a conversation that a provider was asked for.

    by: the caller or partner. id_field: the path of the conversation id, for the problem if no such one is known.
    """
    conversation, detention = _to_change(house, conversation_id, unit, id_field)
    held = rules.report(conversation, report, detention, unit.profile(house))
    if held is not conversation:
        _keep_report(held, detention, by, unit)
    return held


def correct_report(house: str, conversation_id: UUID, right: CorrectReport, by: str, unit: Unit[House]) -> Conversation:
    """Record the right report in place of the one that stands, which was a slip. The same again changes nothing."""
    conversation, detention = _to_change(house, conversation_id, unit)
    held = rules.correct(conversation, right.report, detention, unit.profile(house))
    if held is not conversation:
        _withdraw(rules.without_report(conversation), detention, right, by, unit)
        _keep_report(held, detention, by, unit)
    return held


def withdraw_report(house: str, conversation_id: UUID, slip: Correction, by: str, unit: Unit[House]) -> Conversation:
    """Withdraw the report, which was a slip: the conversation was not held, as far as is known."""
    conversation, detention = _to_change(house, conversation_id, unit)
    asked = rules.without_report(conversation)
    _withdraw(asked, detention, slip, by, unit)
    return asked


def conversation_reported(event: Event[ConversationReported], unit: Unit[House]) -> None:
    """Record the provider's report of a conversation that the provider was asked for."""
    told = event.data
    report_conversation(event.house, told.assignment_id, told.report, told.partner, unit, id_field="assignmentId")


def _to_change(
    house: str, conversation_id: UUID, unit: Unit[House], id_field: str = "conversationId"
) -> tuple[Conversation, Detention]:
    """A conversation and its detention, both locked. Raises UnknownConversation."""
    conversation = unit.store(ConversationStore).conversation_to_change(house, conversation_id)
    if not conversation:
        raise UnknownConversation(id_field)
    return conversation, unit.store(DetentionStore).detention_to_change(house, conversation.detention_id)


def _keep_report(held: Conversation, detention: Detention, by: str, unit: Unit[House]) -> None:
    unit.store(ConversationStore).report_conversation(held, detention, by)
    _announce(held, detention, unit)


def _withdraw(asked: Conversation, detention: Detention, slip: Correction, by: str, unit: Unit[House]) -> None:
    """Store and announce that a report was a slip. asked: the conversation without it."""
    unit.store(ConversationStore).withdraw_report(asked, detention, slip.because, by)
    message = ConversationWithdrawn(
        conversation_id=asked.conversation_id,
        detention_id=detention.detention_id,
        municipality=detention.municipality,
        withdrawn_on=unit.today,
    )
    unit.announce_on(unit.today, message, detention)


def _conversation(detention: Detention, recorded: RecordConversation) -> Conversation:
    return Conversation(
        conversation_id=uuid4(),
        house=detention.house,
        detention_id=detention.detention_id,
        provider=recorded.provider,
        asked_on=recorded.asked_on,
        report=recorded.report,
    )


def _announce(conversation: Conversation, detention: Detention, unit: Unit[House]) -> None:
    if conversation.report:
        _announce_held(conversation, conversation.report, detention, unit)
    elif conversation.provider and conversation.asked_on:
        assignment = Assignment(
            assignment_id=conversation.conversation_id,
            house=detention.house,
            case_id=detention.case_id,
            provider=conversation.provider,
            kind="conversation",
            given_on=conversation.asked_on,
            institution=institution_on(detention, conversation.asked_on),
        )
        give(assignment, unit)


def _announce_held(conversation: Conversation, report: Report, detention: Detention, unit: Unit[House]) -> None:
    """Other services hear what came of a conversation, and not what was said."""
    message = ConversationHeld(
        conversation_id=conversation.conversation_id,
        detention_id=detention.detention_id,
        municipality=detention.municipality,
        provider=conversation.provider,
        held_on=report.held_on,
        needs=report.needs,
        offered=report.offered,
        accepted=report.accepted,
    )
    unit.announce_on(report.held_on, message, detention)
    answer = ANSWERS[report.accepted] if report.offered else "not_offered"
    metrics.CONVERSATIONS.labels(detention.house, answer).inc()
