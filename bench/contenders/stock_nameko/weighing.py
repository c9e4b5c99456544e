"""Weighing: the agenda and the decisions. Those come as events of people, which is less work than a call over HTTP."""

from marshmallow import fields
from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions
from services.weighing import handlers
from services.weighing.dependencies import Unit, unit_factory
from services.weighing.messages.commands import Decide
from services.weighing.messages.published import PUBLISHES
from services.weighing.service import LISTENS
from shared.messaging import Event, Reader, Route, Routes
from shared.schemas import MessageSchema


class DecisionTaken(MessageSchema):
    referral_id = fields.UUID(required=True)
    decision = fields.Nested(Decide(), required=True)


def decide(event: Event, unit: Unit) -> None:
    handlers.decide(event.house, event.data["referral_id"], event.data["decision"], unit)


EVENTS = Reader(Routes(*LISTENS.values(), Route("decisions.taken.v1", DecisionTaken(), decide)))


class Service(EventService):
    name = "weighing"
    begin = Transactions(unit_factory, PUBLISHES)

    @event_handler("intake", "referrals.registered.v1")
    @event_handler("intake", "information-requests.answered.v1")
    @event_handler("people", "decisions.taken.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
