"""Weighing: the agenda and the decisions. Those come as events of people, which is less work than a call over HTTP."""

from dataclasses import dataclass
from uuid import UUID

from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions, units_of
from services.weighing.decisions import handlers
from services.weighing.decisions.rules import Decision
from services.weighing.house import House
from services.weighing.profile import load_houses
from services.weighing.service import LISTENS, PUBLISHES
from shared.messaging import Event, Reader, Route, Routes
from shared.testing.callers import token_caller
from shared.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken:
    referral_id: UUID
    decision: Decision


def decide(event: Event[DecisionTaken], unit: Unit[House]) -> None:
    team = token_caller("team", event.house)
    handlers.decide(team, event.data.referral_id, event.data.decision, unit)


EVENTS = Reader(Routes(*LISTENS.values(), Route("decisions.taken.v1", DecisionTaken, decide)))


class Service(EventService):
    name = "weighing"
    begin = Transactions(units_of(load_houses), PUBLISHES)

    @event_handler("intake", "referrals.registered.v1")
    @event_handler("intake", "information-requests.answered.v1")
    @event_handler("people", "decisions.taken.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
