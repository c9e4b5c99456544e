"""Parked messages of all services, as operators get them here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from marshmallow import INCLUDE, Schema

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
