"""Transition houses, and stays in them from the waiting list on."""

from typing import Any
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.stays import Stay
from services.aftercare.handlers import stays as handlers
from services.aftercare.messages.stays import (
    BeginningSchema,
    DaySchema,
    StayPage,
    StaysWanted,
    StayView,
    StayWanted,
    TransitionHousesWanted,
    TransitionHouseView,
)
from services.aftercare.storage import AftercareStore
from services.aftercare.views import stays as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import command, endpoint

COORDINATOR = {"aftercare_coordinator"}


class StayEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint(
        "GET",
        "/v1/transition-houses",
        summary="The transition houses as they stand on a day",
        roles=COORDINATOR,
        query=TransitionHousesWanted(),
        gives=TransitionHouseView(),
        many=True,
    )
    def transition_houses(self, call: Call) -> list[dict[str, Any]]:
        house, on = call.query["house"], call.query["on"]
        call.require_house(house)
        with self.units.begin(call) as unit:
            return views.transition_houses(house, on, unit.profile(house).transition_houses.values(), unit.store)

    @endpoint(
        "GET",
        "/v1/stays",
        summary="Stays in the order in which they were asked for",
        roles=COORDINATOR,
        query=StaysWanted(),
        gives=StayPage(),
    )
    def stays(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.stays(call.query, AftercareStore(connection))

    @command(
        "POST",
        "/v1/stays",
        summary="Put somebody on the waiting list of a transition house",
        roles=COORDINATOR,
        takes=StayWanted(),
        gives=StayView(),
        status=201,
    )
    def ask_for_stay(self, call: Call, unit: Unit) -> Stay:
        return handlers.ask_for_stay(call.caller.house, **call.body, unit=unit)

    @command(
        "POST",
        "/v1/stays/<uuid:stay_id>/beginning",
        summary="Give somebody a place",
        roles=COORDINATOR,
        takes=BeginningSchema(),
        gives=StayView(),
        status=201,
    )
    def begin_stay(self, call: Call, unit: Unit, stay_id: UUID) -> Stay:
        return handlers.begin_stay(call.caller.house, stay_id, **call.body, unit=unit)

    @command(
        "POST",
        "/v1/stays/<uuid:stay_id>/ending",
        summary="Record that somebody left",
        roles=COORDINATOR,
        takes=DaySchema(),
        gives=StayView(),
        status=201,
    )
    def end_stay(self, call: Call, unit: Unit, stay_id: UUID) -> Stay:
        return handlers.end_stay(call.caller.house, stay_id, **call.body, unit=unit)

    @command(
        "POST",
        "/v1/stays/<uuid:stay_id>/withdrawal",
        summary="Take somebody off the waiting list",
        roles=COORDINATOR,
        takes=DaySchema(),
        gives=StayView(),
        status=201,
    )
    def withdraw_stay(self, call: Call, unit: Unit, stay_id: UUID) -> Stay:
        return handlers.withdraw_stay(call.caller.house, stay_id, **call.body, unit=unit)
