"""Preparations that are due, breaches, and rounds of the watch for a given day."""

from typing import Any

from services.aftercare.dependencies import Unit
from services.aftercare.handlers import watch as handlers
from services.aftercare.messages.watch import (
    BreachesWanted,
    BreachPage,
    PreparationsPage,
    PreparationsWanted,
    RoundView,
    RoundWanted,
)
from services.aftercare.storage import AftercareStore
from services.aftercare.views import watch as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import command, endpoint

COORDINATOR = {"aftercare_coordinator"}
WATCHERS = COORDINATOR | {"process_director"}


class WatchEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint(
        "GET",
        "/v1/preparations",
        summary="What is due on a day and not ready, of those who are to be released, the first to go first",
        roles=WATCHERS,
        query=PreparationsWanted(),
        gives=PreparationsPage(),
    )
    def preparations(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.begin(call) as unit:
            return views.overdue(call.query, unit)

    @endpoint(
        "GET",
        "/v1/breaches",
        summary="Releases for which nothing was prepared, longest ago first",
        roles=WATCHERS,
        query=BreachesWanted(),
        gives=BreachPage(),
    )
    def breaches(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.breaches(call.query, AftercareStore(connection))

    @command(
        "POST",
        "/v1/watch-rounds",
        summary="Watch a given day, as the timer does for today",
        roles=COORDINATOR,
        takes=RoundWanted(),
        gives=RoundView(),
        status=201,
    )
    def watch(self, call: Call, unit: Unit) -> dict[str, Any]:
        house, on = call.body["house"], call.body["on"]
        call.require_house(house)
        return handlers.watch(house, on, unit)
