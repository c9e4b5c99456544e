"""Intake: the door for partners."""

from collections.abc import Mapping
from typing import Any

from nameko.events import event_handler
from nameko.extensions import DependencyProvider

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions
from services.intake.config import IntakeSettings, load_houses
from services.intake.dependencies import unit_factory
from services.intake.ingress import Ingress
from services.intake.messages.published import PUBLISHES
from services.intake.service import LISTENS, PARTNERS
from shared.messaging import Delivery, Reader

EVENTS = Reader(LISTENS)


class Ingresses(DependencyProvider):
    """The delivery as which the platform would get a partner's message, by the source that stands in it."""

    def setup(self) -> None:
        houses = load_houses(self.container.config["settings"].houses)
        PARTNERS.listen_to(houses)
        ingresses = [Ingress(house, partner) for house in houses.values() for partner in house.partners.values()]
        self._by_source = {
            each.partner.source: Delivery(queue=each.queue, body=b"", user_id=each.user) for each in ingresses
        }

    def get_dependency(self, worker_ctx: Any) -> Mapping[str, Delivery]:
        return self._by_source


class Service(EventService):
    name = "intake"
    settings = IntakeSettings
    begin = Transactions(unit_factory, PUBLISHES)
    ingresses = Ingresses()

    @event_handler("partners", "arrest-notices.submitted.v1")
    @event_handler("partners", "detention-notices.submitted.v1")
    @event_handler("partners", "current-referrals.submitted.v1")
    @event_handler("partners", "information-answers.submitted.v1")
    def take_partners_message(self, document: Document) -> None:
        self.handle(document, PARTNERS, self.ingresses[document["source"]])

    @event_handler("weighing", "information-requests.issued.v1")
    @event_handler("weighing", "referrals.weighed.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
