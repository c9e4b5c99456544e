"""Conversations in prison: asked for, held, reported."""

from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.conversations import Conversation
from services.aftercare.handlers import conversations as handlers
from services.aftercare.messages.conversations import ConversationView, ConversationWanted, ReportSchema
from shared.web import Call
from shared.web.old_endpoint import command

COORDINATOR = {"aftercare_coordinator"}


class ConversationEndpoints:
    """Mixed into the service class."""

    @command(
        "POST",
        "/v1/detentions/<uuid:detention_id>/conversations",
        summary="Ask a provider for a conversation in prison, or record one that was held",
        roles=COORDINATOR,
        takes=ConversationWanted(),
        gives=ConversationView(),
        status=201,
    )
    def record_conversation(self, call: Call, unit: Unit, detention_id: UUID) -> Conversation:
        return handlers.record_conversation(call.caller.house, detention_id, call.body, unit)

    @command(
        "POST",
        "/v1/conversations/<uuid:conversation_id>/report",
        summary="Record how a conversation went that was asked for",
        roles=COORDINATOR,
        takes=ReportSchema(),
        gives=ConversationView(),
        status=201,
    )
    def report_conversation(self, call: Call, unit: Unit, conversation_id: UUID) -> Conversation:
        return handlers.report_conversation(call.caller.house, conversation_id, call.body, unit)
