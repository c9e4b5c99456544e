"""Detentions, their release dates and plans."""

from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.plans import AftercarePlan
from services.aftercare.handlers import detentions as handlers
from services.aftercare.messages.detentions import (
    DetentionInDetail,
    DetentionPage,
    DetentionsWanted,
    DetentionView,
    ReleaseDateSchema,
)
from services.aftercare.messages.plans import PlanSchema, PlanView
from services.aftercare.views import detentions as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import command, endpoint

COORDINATOR = {"aftercare_coordinator"}


class DetentionEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint(
        "GET",
        "/v1/detentions",
        summary="Detentions, longest ago first",
        roles=COORDINATOR,
        query=DetentionsWanted(),
        gives=DetentionPage(),
    )
    def detentions(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.begin(call) as unit:
            return views.detentions(call.query, unit)

    @endpoint(
        "GET",
        "/v1/detentions/<uuid:detention_id>",
        summary="One detention, with its release dates, plan, refusals, follow-ups and conversations",
        roles=COORDINATOR,
        gives=DetentionInDetail(),
    )
    def detention(self, call: Call, detention_id: UUID) -> dict[str, Any]:
        with self.units.begin(call) as unit:
            return views.detention(call.caller.house, detention_id, unit)

    @command(
        "POST",
        "/v1/detentions/<uuid:detention_id>/release-dates",
        summary="Record another release date",
        roles=COORDINATOR,
        takes=ReleaseDateSchema(),
        gives=DetentionView(),
        status=201,
    )
    def change_release_date(self, call: Call, unit: Unit, detention_id: UUID) -> Detention:
        return handlers.change_release_date(call.caller.house, detention_id, call.body, unit)

    @command(
        "POST",
        "/v1/detentions/<uuid:detention_id>/plan",
        summary="Make a plan, which replaces the one before",
        roles=COORDINATOR,
        takes=PlanSchema(),
        gives=PlanView(),
        status=201,
        versioned=True,
    )
    def make_plan(self, call: Call, unit: Unit, detention_id: UUID) -> AftercarePlan:
        return handlers.make_plan(call.caller.house, detention_id, call.body, unit, call.version)
