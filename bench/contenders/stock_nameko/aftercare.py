"""Aftercare: detentions, and who is at its table."""

from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions, units_of
from services.aftercare.profile import load_houses
from services.aftercare.service import LISTENS, PUBLISHES
from shared.messaging import Reader

EVENTS = Reader(LISTENS)


class Service(EventService):
    name = "aftercare"
    begin = Transactions(units_of(load_houses), PUBLISHES)

    @event_handler("intake", "detentions.registered.v1")
    @event_handler("meetings", "table-cases.opened.v1")
    @event_handler("meetings", "table-cases.closed.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
