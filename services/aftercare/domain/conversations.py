"""A conversation in prison: it maps the needs and offers a trajectory. The house holds it, or asks a provider to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.aftercare.domain import needs
from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.errors import (
    AlreadyHeld,
    BeforeDetention,
    HeldBeforeAsked,
    NobodyAsked,
    NothingOffered,
    NothingSaid,
    UnknownProvider,
)
from services.aftercare.domain.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How it went. needs: life domains. accepted: whether the trajectory is taken that was offered, None until then."""

    held_on: date
    needs: tuple[str, ...]
    offered: bool
    accepted: bool | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation of one detention. provider: who holds it, None for the house itself.

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
    """The conversation that was asked for or held; the same one again is the one that stands.

    others: the detention's conversations so far.
    """
    if conversation.asked_on is None and conversation.report is None:
        raise NothingSaid
    if conversation.asked_on and conversation.provider is None:
        raise NobodyAsked
    if conversation.provider is not None and conversation.provider not in house.providers:
        raise UnknownProvider
    if conversation.asked_on and conversation.asked_on < detention.detained_on:
        raise BeforeDetention("askedOn")
    if conversation.report:
        conversation = replace(conversation, report=_checked(conversation, conversation.report, detention, house))
    return next((other for other in others if _said(other) == _said(conversation)), conversation)


def report(conversation: Conversation, told: Report, detention: Detention, house: House) -> Conversation:
    """The conversation with how it went; the same report again changes nothing."""
    told = _checked(conversation, told, detention, house)
    if conversation.report == told:
        return conversation
    if conversation.report:
        raise AlreadyHeld
    return replace(conversation, report=told)


def _checked(conversation: Conversation, told: Report, detention: Detention, house: House) -> Report:
    """With its needs in the order of the house's profile."""
    if told.held_on < detention.detained_on:
        raise BeforeDetention("heldOn")
    if conversation.asked_on and told.held_on < conversation.asked_on:
        raise HeldBeforeAsked
    if told.accepted is not None and not told.offered:
        raise NothingOffered
    return replace(told, needs=needs.in_order(told.needs, house))


def _said(conversation: Conversation) -> tuple[object, ...]:
    return conversation.provider, conversation.asked_on, conversation.report
