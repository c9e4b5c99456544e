"""What people and providers say of conversations, what people get, and the announcement of a conversation."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from services.aftercare.conversations.rules import Conversation, Report
from services.aftercare.house import Code
from services.aftercare.judgements.messages import PartnerMessage
from services.aftercare.records.messages import Correction
from shared.days import HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConversation:
    """`provider` and `askedOn` ask a provider for a conversation; with `report` one was held.

    Without `provider` the house held it.
    """

    provider: Code | None = None
    asked_on: HouseDay | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReport(Report, Correction):
    """The right report, in place of the one that stands."""

    @property
    def report(self) -> Report:
        return _report_in(self, self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReport(Correction):
    """Why the report is withdrawn: the conversation was not held, or is of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """`report` is null as long as the conversation was not held."""

    conversation_id: UUID
    provider: str | None
    asked_on: date | None
    report: Report | None

    @classmethod
    def of(cls, conversation: Conversation) -> Self:
        return cls(
            conversation_id=conversation.conversation_id,
            provider=conversation.provider,
            asked_on=conversation.asked_on,
            report=conversation.report,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationReported(PartnerMessage):
    """`conversations.reported.v2` of intake: a provider held the conversation that it was asked for.

    Intake keeps the text of its outcome, under the id of the conversation.
    """

    assignment_id: UUID
    held_on: date
    needs: tuple[str, ...]
    offered: bool
    accepted: bool | None = None

    @property
    def report(self) -> Report:
        return _report_in(self, outcome="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationTold(ConversationReported):
    """`conversations.reported.v1` of intake: such a report with its outcome in words, sent before v2."""

    outcome: str

    @property
    def report(self) -> Report:
        return _report_in(self, self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationHeld:
    """`conversations.held.v1`: a conversation in prison was held. The text of its outcome stays in aftercare.

    `needs` are life domains; `accepted` is there once it is known.
    """

    conversation_id: UUID
    detention_id: UUID
    municipality: str
    provider: str | None = None
    held_on: date
    needs: tuple[str, ...]
    offered: bool
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationWithdrawn:
    """`conversations.withdrawn.v1`: the report of a conversation was a slip."""

    conversation_id: UUID
    detention_id: UUID
    municipality: str
    withdrawn_on: date


def _report_in(told: CorrectReport | ConversationReported, outcome: str) -> Report:
    return Report(
        held_on=told.held_on,
        needs=told.needs,
        offered=told.offered,
        accepted=told.accepted,
        outcome=outcome,
    )
