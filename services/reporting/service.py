"""The map of the service: what it listens to, what it offers."""

from typing import Any

from werkzeug.wrappers import Response

from services.reporting import handlers
from services.reporting.collector import Operations
from services.reporting.dependencies import unit_factory
from services.reporting.errors import OUTCOMES
from services.reporting.http import static_file
from services.reporting.messages.factsheet import Factsheet, FactsheetWanted
from services.reporting.messages.operations import OperationsView, OperationsWanted, ParkedEverywhere, PassedOn
from services.reporting.messages.report import ManagementReport, ReportWanted
from services.reporting.neighbours import Neighbours
from services.reporting.projections import PROJECTIONS
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.schemas import MessageSchema, schema_of
from shared.web import Call
from shared.web.common import CommonEndpoints
from shared.web.old_endpoint import endpoint
from shared.web.parking import OPERATORS, ParkedMessageView, ParkingEndpoints

LISTENS = Routes(
    *(Route(type, projection.schema, handlers.keep_and_project) for type, projection in PROJECTIONS.items())
)


class Reporting(CommonEndpoints, ParkingEndpoints):
    """Projections of everybody's events, the management report, factsheets and the operators' page."""

    name = "reporting"
    units = Units(unit_factory, {}, OUTCOMES)
    operations = Operations()
    neighbours = Neighbours()

    @consume(EventQueues("reporting"), LISTENS, lambda routes, settings: handlers.JournalReader(routes))
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @endpoint(
        "GET",
        "/v1/management-reports/<int(min=1900, max=2999):year>",
        summary="The management report of one house and year",
        roles={"reader"},
        query=ReportWanted(),
        gives=ManagementReport(),
    )
    def management_report(self, call: Call, year: int) -> dict[str, Any]:
        house = call.query.get("house", call.caller.house)
        call.require_house(house)
        with self.units.begin(call) as unit:
            return handlers.report(house, year, unit)

    @endpoint(
        "GET",
        "/v1/factsheets/<int(min=1900, max=2999):year>",
        summary="The factsheet of one municipality and year; small counts are left out",
        roles={"reader", "process_director"},
        query=FactsheetWanted(),
        gives=Factsheet(),
    )
    def factsheet(self, call: Call, year: int) -> dict[str, Any]:
        house = call.query.get("house", call.caller.house)
        call.require_house(house)
        with self.units.begin(call) as unit:
            return handlers.factsheet(house, call.query["municipality"], year, unit)

    @endpoint(
        "GET",
        "/v1/operations",
        summary="What comes in, goes out, waits and is parked, of every service and queue",
        roles=OPERATORS,
        query=OperationsWanted(),
        gives=OperationsView(),
    )
    def operations_now(self, call: Call) -> dict[str, Any]:
        return self.operations.view(call.query["after"])

    @endpoint(
        "GET",
        "/v1/operations/parked-messages",
        summary="What stands parked in every service",
        roles=OPERATORS,
        gives=ParkedEverywhere(),
    )
    def parked_everywhere(self, call: Call) -> dict[str, Any]:
        return {"services": self.neighbours.parked_messages(call)}

    @endpoint(
        "GET",
        "/v1/operations/parked-messages/<service>/<int:id>",
        summary="One parked message, as its service shows it",
        roles=OPERATORS,
        gives=schema_of(ParkedMessageView, MessageSchema),
    )
    def parked_elsewhere(self, call: Call, service: str, id: int) -> Response:
        return self.neighbours.pass_on(call, "GET", service, f"{id}")

    @endpoint(
        "POST",
        "/v1/operations/parked-messages/<service>/<int:id>/<any(openings, corrections, replays, discards):step>",
        summary="Something done with a parked message: passed on to its service, with the caller's own token",
        roles=OPERATORS,
        takes=PassedOn(),
        status=200,
    )
    def parked_step(self, call: Call, service: str, id: int, step: str) -> Response:
        return self.neighbours.pass_on(call, "POST", service, f"{id}/{step}")

    @endpoint("GET", "/operations", summary="The operators' page", status=200, public=True)
    def operations_page(self, call: Call) -> Response:
        return static_file("operations.html")

    @endpoint("GET", "/operations/<name>", summary="A file of the operators' page", status=200, public=True)
    def operations_file(self, call: Call, name: str) -> Response:
        return static_file(name)
