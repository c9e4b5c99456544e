"""Intake: the door for partners."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from nameko.events import event_handler
from nameko.extensions import DependencyProvider

from bench.contenders.stock_nameko.event_service import Document, EventService, Transactions
from services.intake.accepting import ACCEPTS
from services.intake.partners.reader import PartnerReader, ingresses
from services.intake.profile import load_houses
from services.intake.service import LISTENS, PUBLISHES
from services.intake.settings import IntakeSettings
from services.intake.unit import Lookup, Unit
from shared.messaging import Delivery, Reader
from shared.messaging.sealing import Sealer

EVENTS = Reader(LISTENS)


class Door(NamedTuple):
    """The reader of partners' messages, and the delivery as which the platform would get one, by its source."""

    reader: PartnerReader
    deliveries: Mapping[str, Delivery]


class Partners(DependencyProvider):
    """The door for the partners of all houses."""

    def setup(self) -> None:
        settings = self.container.config["settings"]
        houses = load_houses(settings.houses)
        deliveries = {
            ingress.partner.source: Delivery(queue=ingress.queue, body=b"", user_id=ingress.user)
            for ingress in ingresses(houses)
        }
        self._door = Door(PartnerReader(ACCEPTS, houses, Sealer(settings.message_key)), deliveries)

    def get_dependency(self, worker_ctx: Any) -> Door:
        return self._door


def units(settings: IntakeSettings) -> Callable[..., Unit]:
    """For `Transactions`."""
    houses = load_houses(settings.houses)
    return partial(Unit, houses=houses, master_key=settings.master_key, **Lookup.resources(settings))


class Service(EventService):
    name = "intake"
    settings = IntakeSettings
    begin = Transactions(units, PUBLISHES)
    door = Partners()

    @event_handler("partners", "arrest-notices.submitted.v1")
    @event_handler("partners", "detention-notices.submitted.v1")
    @event_handler("partners", "current-referrals.submitted.v1")
    @event_handler("partners", "information-answers.submitted.v1")
    def take_partners_message(self, document: Document) -> None:
        self.handle(document, self.door.reader, self.door.deliveries[document["source"]])

    @event_handler("weighing", "information-requests.issued.v1")
    @event_handler("weighing", "referrals.weighed.v1")
    def take_event(self, document: Document) -> None:
        self.handle(document, EVENTS)
