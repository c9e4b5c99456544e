"""Conversations in prison: asked for, held and reported."""

from uuid import UUID, uuid4

from services.aftercare import metrics
from services.aftercare.assignments.handlers import give
from services.aftercare.assignments.rules import Assignment
from services.aftercare.conversations import rules
from services.aftercare.conversations.messages import ConversationHeld, ConversationReported, RecordConversation
from services.aftercare.conversations.rules import Conversation, Report, UnknownConversation
from services.aftercare.conversations.store import ConversationStore
from services.aftercare.detentions.rules import Detention, institution_on
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from shared.messaging import Event
from shared.unit import Unit

ANSWERS = {True: "accepted", False: "declined", None: "open"}


def record_conversation(
    house: str, detention_id: UUID, recorded: RecordConversation, unit: Unit[House]
) -> Conversation:
    """Record a conversation that a provider is asked for, or that was held. The same one again changes nothing."""
    detention = unit.store(DetentionStore).detention_to_change(house, detention_id)
    store = unit.store(ConversationStore)
    others = store.conversations(detention_id)
    conversation = rules.record(_conversation(detention, recorded), detention, others, unit.profile(house))
    if conversation not in others:
        store.add_conversation(conversation)
        _announce(conversation, detention, unit)
    return conversation


def report_conversation(
    house: str, conversation_id: UUID, report: Report, unit: Unit[House], id_field: str = "conversationId"
) -> Conversation:
    """Record the report of a conversation that a provider was asked for.

    id_field: the path of the conversation id, for the problem if no such conversation is known.
    """
    store = unit.store(ConversationStore)
    conversation = store.conversation_to_change(house, conversation_id)
    if not conversation:
        raise UnknownConversation(id_field)
    detention = unit.store(DetentionStore).detention_to_change(house, conversation.detention_id)
    held = rules.report(conversation, report, detention, unit.profile(house))
    if held is not conversation:
        store.report_conversation(held)
        _announce(held, detention, unit)
    return held


def conversation_reported(event: Event[ConversationReported], unit: Unit[House]) -> None:
    """Record the provider's report of a conversation that the provider was asked for."""
    report_conversation(event.house, event.data.assignment_id, event.data.report, unit, id_field="assignmentId")


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
