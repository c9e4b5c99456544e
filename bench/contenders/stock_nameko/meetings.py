"""Meetings: a decision opens a table case."""

from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions
from services.meetings.dependencies import unit_factory
from services.meetings.messages.published import PUBLISHES
from services.meetings.service import LISTENS
from shared.messaging import Reader

EVENTS = Reader(LISTENS)


class Service(EventService):
    name = "meetings"
    begin = Transactions(unit_factory, PUBLISHES)

    @event_handler("weighing", "referrals.weighed.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
