"""Parked messages of all services, as operators get them here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from marshmallow import INCLUDE, Schema

from services.reporting.parked_messages.rules import GroupAtService, Shown
from shared.bounds import Range
from shared.web.parked import ParkedGroups


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedAtService(ParkedGroups):
    """The groups of messages that are parked in a service."""

    name: str
    answers: Annotated[bool, {"description": "false: nothing is known of it now"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedEverywhere:
    services: tuple[ParkedAtService, ...]


Step = Mapping[str, Any]
"""A step with a parked message, as the caller describes it."""


class PassedOn(Schema):
    """Judged by the service that it is passed on to."""

    class Meta:
        unknown = INCLUDE


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedGroupsQuery:
    """`page`: from 1. `limit`: groups on a page."""

    state: Annotated[Shown, {"description": "which messages"}] = Shown.WAITING
    page: Annotated[int, Range(1, 1000)] = 1
    limit: Annotated[int, Range(1, 100)] = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedGroupsPage:
    """`messages`, `groups`: how many there are on all pages. `silent`: services that do not answer; nothing is known of
    these now. `next`: the next page; null on the last.
    """

    items: tuple[GroupAtService, ...]
    messages: int
    groups: int
    silent: tuple[str, ...]
    next: int | None
