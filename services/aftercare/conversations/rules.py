"""A conversation in prison: it maps the needs and offers a trajectory. The house holds it, or asks a provider to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from uuid import UUID

from services.aftercare.assignments.rules import UnknownProvider
from services.aftercare.detentions.rules import BeforeDetention, Detention
from services.aftercare.house import Code, House
from services.aftercare.needs.rules import in_order
from services.aftercare.records.rules import NothingToCorrect, Recorded
from shared.bounds import Length, Text
from shared.days import HouseDay
from shared.rules import BrokenRule, UnknownObject


class UnknownConversation(UnknownObject):
    field = "conversationId"
    reason = "is not a conversation of this house"


class NothingSaid(BrokenRule):
    field = "report"
    reason = "is required, or the day on which the conversation was asked for"


class NobodyAsked(BrokenRule):
    field = "provider"
    reason = "is required of a conversation that was asked for"


class HeldBeforeAsked(BrokenRule):
    field = "heldOn"
    reason = "is before the conversation was asked for"


class AlreadyHeld(BrokenRule):
    field = "heldOn"
    reason = "differs from the report that is recorded already"


class NothingOffered(BrokenRule):
    field = "accepted"
    reason = "must be left out: no trajectory was offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a conversation went. `needs` are life domains.

    `accepted`: whether the trajectory is taken that was offered, null until that is known. `outcome`: empty in a report
    that a provider sent; intake keeps that text, under the id of the conversation.
    """

    held_on: HouseDay
    needs: Annotated[tuple[Code, ...], Length(most=20)] = ()
    offered: bool
    accepted: bool | None = None
    outcome: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReport(Report, Recorded):
    """A report of a conversation, standing or withdrawn, with who recorded it and when."""

    conversation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation of one detention. provider: who holds it, None for the house.

    asked_on: when the provider was asked. report: None as long as it is not held.
    """

    conversation_id: UUID
    house: str
    detention_id: UUID
    provider: str | None
    asked_on: date | None
    report: Report | None


def record(
    conversation: Conversation, detention: Detention, others: Iterable[Conversation], house: House
) -> Conversation:
    """The conversation that was asked for or held; the same again is the conversation that stands.

    others: the detention's conversations so far.
    """
    _check_asked(conversation, detention, house)
    if conversation.report:
        conversation = replace(conversation, report=_checked(conversation, conversation.report, detention, house))
    return next((other for other in others if _said(other) == _said(conversation)), conversation)


def report(conversation: Conversation, held: Report, detention: Detention, house: House) -> Conversation:
    """The conversation with how it went; the same report again changes nothing."""
    held = _checked(conversation, held, detention, house)
    if conversation.report == held:
        return conversation
    if conversation.report:
        raise AlreadyHeld
    return replace(conversation, report=held)


def correct(conversation: Conversation, right: Report, detention: Detention, house: House) -> Conversation:
    """The conversation with the right report in place of a slip; the same report again changes nothing."""
    if conversation.report is None:
        raise NothingToCorrect("heldOn")
    right = _checked(conversation, right, detention, house)
    return conversation if conversation.report == right else replace(conversation, report=right)


def without_report(conversation: Conversation) -> Conversation:
    """The conversation as it was before its report, which was a slip."""
    if conversation.report is None:
        raise NothingToCorrect("heldOn")
    return replace(conversation, report=None)


def _check_asked(conversation: Conversation, detention: Detention, house: House) -> None:
    if conversation.asked_on is None and conversation.report is None:
        raise NothingSaid
    if conversation.asked_on and conversation.provider is None:
        raise NobodyAsked
    if conversation.provider is not None and conversation.provider not in house.providers:
        raise UnknownProvider(known=house.providers)
    if conversation.asked_on and conversation.asked_on < detention.detained_on:
        raise BeforeDetention("askedOn")


def _checked(conversation: Conversation, held: Report, detention: Detention, house: House) -> Report:
    """The report with its needs in the order of the house's profile."""
    if held.held_on < detention.detained_on:
        raise BeforeDetention("heldOn")
    if conversation.asked_on and held.held_on < conversation.asked_on:
        raise HeldBeforeAsked
    if held.accepted is not None and not held.offered:
        raise NothingOffered
    return replace(held, needs=in_order(held.needs, house))


def _said(conversation: Conversation) -> tuple[object, ...]:
    return conversation.provider, conversation.asked_on, conversation.report
