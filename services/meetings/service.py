"""The map of the service: what it listens to, what it offers."""

from typing import Any
from uuid import UUID

from services.meetings import handlers, views
from services.meetings.dependencies import Unit, unit_factory
from services.meetings.domain.action_plans import MonitoringMoment, StandingPlan
from services.meetings.domain.sessions import Session
from services.meetings.domain.table_cases import TableCase
from services.meetings.errors import OUTCOMES
from services.meetings.messages.commands import ActionPlanSchema, AnswerSchema, ClosingSchema, PlanSession
from services.meetings.messages.consumed import ReferralWeighed
from services.meetings.messages.lookups import (
    DueMomentPage,
    DueMomentsWanted,
    MomentView,
    PlannedSession,
    StandingPlanView,
    TableCaseInDetail,
    TableCasePage,
    TableCasesWanted,
    TableCaseView,
)
from services.meetings.messages.published import PUBLISHES
from services.meetings.storage import MeetingsStore
from shared.messaging import Reader, Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.web import Call, CommonEndpoints, ParkingEndpoints, command, endpoint

LISTENS = Routes(
    Route("referrals.weighed.v1", ReferralWeighed(), handlers.open_table_case, handlers.prepare_opening),
)
DIRECTOR = {"process_director"}


class Meetings(CommonEndpoints, ParkingEndpoints):
    """Cases under treatment at a table: sessions, action plans, monitoring, closing."""

    name = "meetings"
    units = Units(unit_factory, PUBLISHES, OUTCOMES)

    @consume(EventQueues("meetings"), Reader(LISTENS))
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @endpoint(
        "GET",
        "/v1/table-cases",
        summary="Table cases, oldest first",
        roles=DIRECTOR,
        query=TableCasesWanted(),
        gives=TableCasePage(),
    )
    def table_cases(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.table_cases(call.query, MeetingsStore(connection))

    @endpoint(
        "GET",
        "/v1/table-cases/<uuid:table_case_id>",
        summary="One table case, with its referrals, sessions and standing plan",
        roles=DIRECTOR,
        gives=TableCaseInDetail(),
    )
    def table_case(self, call: Call, table_case_id: UUID) -> dict[str, Any]:
        with self.units.read() as connection:
            return views.table_case(call.caller.house, table_case_id, MeetingsStore(connection))

    @command(
        "POST",
        "/v1/sessions",
        summary="Plan a session of a table",
        roles=DIRECTOR,
        takes=PlanSession(),
        gives=PlannedSession(),
        status=201,
    )
    def plan_session(self, call: Call, unit: Unit) -> Session:
        return handlers.plan_session(Session(house=call.caller.house, **call.body), unit)

    @command(
        "POST",
        "/v1/table-cases/<uuid:table_case_id>/action-plan",
        summary="Agree on an action plan, which replaces the one before",
        roles=DIRECTOR,
        takes=ActionPlanSchema(),
        gives=StandingPlanView(),
        status=201,
    )
    def agree_on_plan(self, call: Call, unit: Unit, table_case_id: UUID) -> StandingPlan:
        return handlers.agree_on_plan(call.caller.house, table_case_id, call.body, unit)

    @endpoint(
        "GET",
        "/v1/monitoring-moments",
        summary="Monitoring moments that wait for their answer, longest due first",
        roles=DIRECTOR,
        query=DueMomentsWanted(),
        gives=DueMomentPage(),
    )
    def due_moments(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.due_moments(call.query, MeetingsStore(connection))

    @command(
        "POST",
        "/v1/table-cases/<uuid:table_case_id>/monitoring-moments/<code>/answer",
        summary="Record what the case holder said at a monitoring moment",
        roles=DIRECTOR,
        takes=AnswerSchema(),
        gives=MomentView(),
    )
    def answer_monitoring_moment(self, call: Call, unit: Unit, table_case_id: UUID, code: str) -> MonitoringMoment:
        return handlers.answer_monitoring_moment(call.caller.house, table_case_id, code, call.body, unit)

    @command(
        "POST",
        "/v1/table-cases/<uuid:table_case_id>/closing",
        summary="Close a table case, with its outcome where the table is scored",
        roles=DIRECTOR,
        takes=ClosingSchema(),
        gives=TableCaseView(),
    )
    def close_table_case(self, call: Call, unit: Unit, table_case_id: UUID) -> TableCase:
        return handlers.close_table_case(call.caller.house, table_case_id, call.body, unit)
