"""The map of the service: what it listens to, what it offers."""

from typing import Any
from uuid import UUID

from services.aftercare import handlers, views
from services.aftercare.dependencies import unit_factory
from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.plans import AftercarePlan
from services.aftercare.errors import OUTCOMES
from services.aftercare.messages.commands import PlanSchema, ReleaseDateSchema
from services.aftercare.messages.consumed import DetentionRegistered, TableCaseClosed, TableCaseOpened
from services.aftercare.messages.lookups import DetentionInDetail, DetentionPage, DetentionsWanted, DetentionView
from services.aftercare.messages.published import PUBLISHES
from services.aftercare.storage import AftercareStore
from shared.messaging import Reader, Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.web import Call, CommonEndpoints, ParkingEndpoints, endpoint

LISTENS = Routes(
    Route("detentions.registered.v1", DetentionRegistered(), handlers.register_detention),
    Route("table-cases.opened.v1", TableCaseOpened(), handlers.follow_opened_table_case),
    Route("table-cases.closed.v1", TableCaseClosed(), handlers.follow_closed_table_case),
)
COORDINATOR = {"aftercare_coordinator"}


class Aftercare(CommonEndpoints, ParkingEndpoints):
    """Detentions with their release date, and the plan that everybody leaves with."""

    name = "aftercare"
    units = Units(unit_factory, PUBLISHES, OUTCOMES)

    @consume(EventQueues("aftercare"), Reader(LISTENS))
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

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
        with self.units.read() as connection:
            return views.detentions(call.query, AftercareStore(connection))

    @endpoint(
        "GET",
        "/v1/detentions/<uuid:detention_id>",
        summary="One detention, with each release date and the plan that stands",
        roles=COORDINATOR,
        gives=DetentionInDetail(),
    )
    def detention(self, call: Call, detention_id: UUID) -> dict[str, Any]:
        with self.units.read() as connection:
            return views.detention(call.caller.house, detention_id, AftercareStore(connection))

    @endpoint(
        "POST",
        "/v1/detentions/<uuid:detention_id>/release-dates",
        summary="Record another release date",
        roles=COORDINATOR,
        takes=ReleaseDateSchema(),
        gives=DetentionView(),
        status=201,
    )
    def change_release_date(self, call: Call, detention_id: UUID) -> Detention:
        with self.units.begin(call) as unit:
            return handlers.change_release_date(call.caller.house, detention_id, call.body, unit)

    @endpoint(
        "POST",
        "/v1/detentions/<uuid:detention_id>/plan",
        summary="Make a plan, which replaces the one before",
        roles=COORDINATOR,
        takes=PlanSchema(),
        gives=PlanSchema(),
        status=201,
    )
    def make_plan(self, call: Call, detention_id: UUID) -> AftercarePlan:
        with self.units.begin(call) as unit:
            return handlers.make_plan(call.caller.house, detention_id, call.body, unit)
