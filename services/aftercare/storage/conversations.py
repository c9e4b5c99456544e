"""Conversations in prison."""

from typing import Any
from uuid import UUID

from services.aftercare.domain.conversations import Conversation, Report
from shared.postgres import Store, as_row

REPORT = ("held_on", "needs", "offered", "accepted", "outcome")


class ConversationStore(Store):
    """The queries of conversations.sql."""

    def add_conversation(self, conversation: Conversation) -> None:
        self.execute("add_conversation", as_row(conversation) | _report_row(conversation.report))

    def report_conversation(self, conversation: Conversation) -> None:
        which = {"conversation_id": conversation.conversation_id}
        self.execute("report_conversation", which | _report_row(conversation.report))

    def conversations(self, detention_id: UUID) -> list[Conversation]:
        return [_conversation(row) for row in self.fetch_all("conversations", {"detention_id": detention_id})]

    def conversation_to_change(self, house: str, conversation_id: UUID) -> Conversation | None:
        row = self.fetch_one("conversation_to_change", {"house": house, "conversation_id": conversation_id})
        return _conversation(row) if row else None


def _report_row(report: Report | None) -> dict[str, Any]:
    return as_row(report) | {"needs": list(report.needs)} if report else dict.fromkeys(REPORT)


def _conversation(row: dict[str, Any]) -> Conversation:
    told = {column: row.pop(column) for column in REPORT}
    report = Report(**told | {"needs": tuple(told["needs"])}) if told["held_on"] else None
    return Conversation(**row, report=report)
