"""Reporting: keeps everybody's events and projects them."""

from nameko.events import event_handler

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions, units_of
from services.reporting.journal.reader import JournalReader
from services.reporting.profile import load_houses
from services.reporting.service import LISTENS

EVENTS = JournalReader(LISTENS)


class Service(EventService):
    name = "reporting"
    begin = Transactions(units_of(load_houses), {})

    @event_handler("intake", "referrals.registered.v1")
    @event_handler("intake", "detentions.registered.v1")
    @event_handler("weighing", "referrals.weighed.v1")
    @event_handler("meetings", "table-cases.opened.v1")
    @event_handler("meetings", "table-cases.referred-again.v1")
    @event_handler("meetings", "sessions.planned.v1")
    @event_handler("meetings", "action-plans.agreed.v1")
    @event_handler("meetings", "monitoring-moments.answered.v1")
    @event_handler("meetings", "table-cases.closed.v1")
    @event_handler("aftercare", "release-dates.changed.v1")
    @event_handler("aftercare", "aftercare-plans.made.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
