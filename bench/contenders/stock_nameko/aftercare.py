"""Aftercare: detentions, and who is at its table."""

from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions
from services.aftercare.dependencies import unit_factory
from services.aftercare.messages.published import PUBLISHES
from services.aftercare.service import LISTENS
from shared.messaging import Reader

EVENTS = Reader(LISTENS)


class Service(EventService):
    name = "aftercare"
    begin = Transactions(unit_factory, PUBLISHES)

    @event_handler("intake", "detentions.registered.v1")
    @event_handler("meetings", "table-cases.opened.v1")
    @event_handler("meetings", "table-cases.closed.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
