"""The map of the service: what it listens to, what it offers."""

from typing import Any
from uuid import UUID

from services.weighing import handlers, views
from services.weighing.dependencies import Unit, unit_factory
from services.weighing.errors import OUTCOMES
from services.weighing.messages.commands import Decide, DecideTogether, decisions_at
from services.weighing.messages.consumed import InformationRequestAnswered, ReferralRegistered
from services.weighing.messages.lookups import (
    AgendaPage,
    AgendaWanted,
    BriefingList,
    BriefingsWanted,
    Decided,
    DecidedTogether,
    ReferralView,
)
from services.weighing.messages.published import PUBLISHES
from services.weighing.storage import WeighingStore
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.reader import Route, Routes
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.web import Call
from shared.web.common import CommonEndpoints
from shared.web.old_endpoint import command, endpoint
from shared.web.parking import ParkingEndpoints

LISTENS = Routes(
    Route("referrals.registered.v1", ReferralRegistered(), handlers.put_on_agenda, handlers.prepare_agenda),
    Route("information-requests.answered.v1", InformationRequestAnswered(), handlers.record_answer),
)
TEAM = {"weighing_team"}


class Weighing(CommonEndpoints, ParkingEndpoints):
    """The agenda of the briefings, the information asked for them, and the weighing team's decisions."""

    name = "weighing"
    units = Units(unit_factory, PUBLISHES, OUTCOMES)

    @consume(EventQueues("weighing"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)
        if batch.settled and not batch.deliveries:
            with self.units.read() as connection:
                views.count_waiting(WeighingStore(connection))

    @endpoint(
        "GET",
        "/v1/agenda",
        summary="What is on the table at a briefing, in the order in which it was received",
        roles=TEAM,
        query=AgendaWanted(),
        gives=AgendaPage(),
    )
    def agenda(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.agenda(call.query, WeighingStore(connection))

    @endpoint(
        "GET",
        "/v1/briefings",
        summary="The briefings for which referrals wait, the earliest first",
        roles=TEAM,
        query=BriefingsWanted(),
        gives=BriefingList(),
    )
    def briefings(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.briefings(call.query, WeighingStore(connection))

    @endpoint(
        "GET",
        "/v1/referrals/<uuid:referral_id>",
        summary="One referral with its history",
        roles=TEAM,
        gives=ReferralView(),
    )
    def referral(self, call: Call, referral_id: UUID) -> dict[str, Any]:
        with self.units.read() as connection:
            return views.referral(call.caller.house, referral_id, WeighingStore(connection))

    @command(
        "POST",
        "/v1/referrals/<uuid:referral_id>/decisions",
        summary="Record the weighing team's decision",
        roles=TEAM,
        takes=Decide(),
        gives=Decided(),
        status=201,
    )
    def decide(self, call: Call, unit: Unit, referral_id: UUID) -> dict[str, Any]:
        return views.decided(referral_id, handlers.decide(call.caller.house, referral_id, call.body, unit))

    @command(
        "POST",
        "/v1/briefings/<briefing_on>/decisions",
        summary="Record the weighing team's decisions of a briefing: all of them or, when any is wrong, none",
        roles=TEAM,
        takes=DecideTogether(),
        gives=DecidedTogether(),
        status=201,
    )
    def decide_together(self, call: Call, unit: Unit, briefing_on: str) -> dict[str, Any]:
        on, decided = decisions_at(briefing_on, call.body)
        return views.decided_together(handlers.decide_together(call.caller.house, on, decided, unit))
