"""Conversations in prison."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.conversations.rules import Conversation, RecordedReport, Report
from services.aftercare.detentions.rules import Detention
from shared.postgres import Row, as_row, load_queries
from shared.sealed_texts import StoreWithTexts

REPORT = ("held_on", "needs", "offered", "accepted", "outcome")


class ConversationStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("outcome", "because", "withdrawn_because")

    def add_conversation(self, conversation: Conversation, detention: Detention, by: str) -> None:
        """by: who recorded it."""
        row = self._sealed(detention, as_row(conversation) | _report_row(conversation.report) | {"by": by})
        self.execute("add_conversation", row)
        if conversation.report:
            self.execute("add_report", row)

    def report_conversation(self, conversation: Conversation, detention: Detention, by: str) -> None:
        """by: who recorded the report, a caller or a partner."""
        row = self._sealed(detention, _about(conversation) | {"by": by})
        self.execute("change_conversation", row)
        self.execute("add_report", row)

    def withdraw_report(self, conversation: Conversation, detention: Detention, because: str, by: str) -> None:
        """conversation: without its report."""
        row = self._sealed(detention, _about(conversation) | {"because": because, "by": by})
        self.execute("change_conversation", row)
        self.execute("withdraw_report", row)

    def reports(self, detention_id: UUID) -> list[RecordedReport]:
        """Each report of a detention's conversations, withdrawn or not, in the order in which they were recorded."""
        return self.fetch_all("reports", {"detention_id": detention_id}, _recorded)

    def conversations(self, detention_id: UUID) -> list[Conversation]:
        """Of a detention, the one of longest ago first."""
        return self.fetch_all("conversations", {"detention_id": detention_id}, _conversation)

    def conversation_to_change(self, house: str, conversation_id: UUID) -> Conversation | None:
        """Locked, so that of two reports the second sees the effect of the first."""
        parameters = {"house": house, "conversation_id": conversation_id}
        return self.fetch_one("conversation_to_change", parameters, _conversation)


def _about(conversation: Conversation) -> Row:
    return {"conversation_id": conversation.conversation_id} | _report_row(conversation.report)


def _recorded(*, needs: list[str], **columns: Any) -> RecordedReport:
    return RecordedReport(**columns, needs=tuple(needs))


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
