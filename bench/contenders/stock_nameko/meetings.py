"""Meetings: a decision opens a table case."""

from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions, units_of
from services.meetings.profile import load_houses
from services.meetings.service import LISTENS, PUBLISHES
from shared.messaging import Reader

EVENTS = Reader(LISTENS)


class Service(EventService):
    name = "meetings"
    begin = Transactions(units_of(load_houses), PUBLISHES)

    @event_handler("weighing", "referrals.weighed.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
