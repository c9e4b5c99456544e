"""Conversations in prison, over HTTP."""

from uuid import UUID

from services.aftercare.access import RECORD_CONVERSATION, REPORT_CONVERSATION
from services.aftercare.conversations import handlers
from services.aftercare.conversations.messages import (
    ConversationView,
    CorrectReport,
    RecordConversation,
    WithdrawReport,
)
from services.aftercare.conversations.rules import Report
from services.aftercare.house import House
from shared.unit import Unit
from shared.web import Call, command


@command(action=RECORD_CONVERSATION, takes=RecordConversation, gives=ConversationView, status=201)
def record_conversation(call: Call[RecordConversation], unit: Unit[House], detention_id: UUID) -> ConversationView:
    """Ask a provider for a conversation in prison, or record a conversation that was held."""
    return ConversationView.of(
        handlers.record_conversation(call.house, detention_id, call.input, call.caller.name, unit)
    )


@command(action=REPORT_CONVERSATION, takes=Report, gives=ConversationView, status=201)
def report_conversation(call: Call[Report], unit: Unit[House], conversation_id: UUID) -> ConversationView:
    """Record the report of a conversation that a provider was asked for."""
    return ConversationView.of(
        handlers.report_conversation(call.house, conversation_id, call.input, call.caller.name, unit)
    )


@command(action=REPORT_CONVERSATION, takes=CorrectReport, gives=ConversationView, status=201)
def correct_report(call: Call[CorrectReport], unit: Unit[House], conversation_id: UUID) -> ConversationView:
    """Correct the report of a conversation: record the right one in place of a slip."""
    right, by = call.input, call.caller.name
    return ConversationView.of(handlers.correct_report(call.house, conversation_id, right, by, unit))


@command(action=REPORT_CONVERSATION, takes=WithdrawReport, gives=ConversationView, status=201)
def withdraw_report(call: Call[WithdrawReport], unit: Unit[House], conversation_id: UUID) -> ConversationView:
    """Withdraw the report of a conversation, which was a slip."""
    slip, by = call.input, call.caller.name
    return ConversationView.of(handlers.withdraw_report(call.house, conversation_id, slip, by, unit))
