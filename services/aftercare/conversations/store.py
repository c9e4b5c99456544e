"""Conversations in prison."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.conversations.rules import Conversation, Report
from shared.postgres import Row, Store, as_row, load_queries

REPORT = ("held_on", "needs", "offered", "accepted", "outcome")


class ConversationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_conversation(self, conversation: Conversation) -> None:
        self.execute("add_conversation", as_row(conversation) | _report_row(conversation.report))

    def report_conversation(self, conversation: Conversation) -> None:
        report = _report_row(conversation.report)
        self.execute("report_conversation", report | {"conversation_id": conversation.conversation_id})

    def conversations(self, detention_id: UUID) -> list[Conversation]:
        """Of a detention, the one of longest ago first."""
        return self.fetch_all("conversations", {"detention_id": detention_id}, _conversation)

    def conversation_to_change(self, house: str, conversation_id: UUID) -> Conversation | None:
        """Locked, so that of two reports the second sees the effect of the first."""
        parameters = {"house": house, "conversation_id": conversation_id}
        return self.fetch_one("conversation_to_change", parameters, _conversation)


def _report_row(report: Report | None) -> Row:
    return as_row(report) | {"needs": list(report.needs)} if report else dict.fromkeys(REPORT)


def _conversation(
    *,
    held_on: date | None,
    needs: list[str],
    offered: bool,
    accepted: bool | None,
    outcome: str,
    **columns: Any,
) -> Conversation:
    """The columns of the report are null as long as the conversation was not held."""
    if held_on is None:
        return Conversation(**columns, report=None)
    report = Report(held_on=held_on, needs=tuple(needs), offered=offered, accepted=accepted, outcome=outcome)
    return Conversation(**columns, report=report)
