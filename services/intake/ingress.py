"""How partners' messages are read and answered: each partner has a queue of its own, so the queue tells the sender."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from marshmallow import Schema, ValidationError

from services.intake.config import Houses, load_houses
from services.intake.dependencies import Clock, Unit, system_clock
from services.intake.domain.house import House, Partner
from services.intake.domain.rules import broken_rules
from services.intake.handlers import aftercare
from services.intake.handlers import partners as handlers
from shared.business_dates import dutch_date
from shared.configuration import ServiceSettings
from shared.messaging.envelope import Envelope
from shared.messaging.event import Delivery, Event
from shared.messaging.outcomes import Problem, Rejected
from shared.messaging.reader import Reader, Reading, Routes

MOST_PROBLEMS = 100
FIELD_NAME = re.compile(r"[A-Za-z_]{1,40}\d{0,4}", re.ASCII)
EARLIEST_YEAR = 1900
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a partner's clock may run ahead of ours."""


class Ingress(NamedTuple):
    """Whose messages a queue holds."""

    house: House
    partner: Partner

    @property
    def queue(self) -> str:
        return f"intake.from.{self.user}"

    @property
    def user(self) -> str:
        return self.house.user_of(self.partner.id)


class PartnerReader(Reader):
    """Reads what partners send, every problem of its data at once, and answers on the partner's own queue."""

    def __init__(self, routes: Routes, now: Clock = system_clock) -> None:
        super().__init__(routes)
        self._now = now
        self._ingresses: dict[str, Ingress] = {}

    def listen_to(self, houses: Houses) -> list[str]:
        """The queues of all partners of these houses, whose messages it can read from now on."""
        ingresses = [Ingress(house, partner) for house in houses.values() for partner in house.partners.values()]
        self._ingresses = {ingress.queue: ingress for ingress in ingresses}
        return list(self._ingresses)

    def queues(self, settings: ServiceSettings) -> list[str]:
        return self.listen_to(load_houses(settings.houses))

    def sender_of(self, delivery: Delivery) -> str:
        """The partner's user. The broker has checked `user_id`, but only if it is there."""
        user = self._ingresses[delivery.queue].user
        if delivery.user_id != user:
            raise Rejected(Problem("user_id", "the AMQP property is required, and must be the partner's own user"))
        return user

    def check(self, delivery: Delivery, envelope: Envelope) -> None:
        problems = tuple(self._wrong_attributes(self._ingresses[delivery.queue].partner, envelope))
        if problems:
            raise Rejected(*problems)

    def _wrong_attributes(self, partner: Partner, envelope: Envelope) -> Iterator[Problem]:
        if envelope.source != partner.source:
            yield Problem("source", "is not yours")
        if envelope.type not in self.routes:
            yield Problem("type", "is not known here")
        elif not partner.sends(envelope.type):
            yield Problem("type", "is not one that you may send")
        if envelope.time > self._now() + CLOCKS_DIFFER:
            yield Problem("time", "is in the future")
        if envelope.time.year < EARLIEST_YEAR:
            yield Problem("time", f"is before {EARLIEST_YEAR}")

    def house_of(self, delivery: Delivery, envelope: Envelope) -> str:
        return self._ingresses[delivery.queue].house.id

    def load(self, delivery: Delivery, envelope: Envelope, schema: Schema) -> Any:
        """The data, if both their form and the house's rules are kept."""
        wrong: dict[str, Any] = {}
        try:
            data = schema.load(envelope.data)
        except ValidationError as error:
            data, wrong = error.valid_data, _with_plain_names(error.messages_dict)
        house = self._ingresses[delivery.queue].house
        for rule in broken_rules(data, house, today=dutch_date(self._now())):
            wrong[rule.field] = [rule.reason]
        if wrong:
            raise ValidationError(wrong)
        return data

    def on_rejected(self, reading: Reading, problems: tuple[Problem, ...], unit: Unit) -> None:
        """No answer where the sender can't be trusted: it would go to somebody who may not have sent anything."""
        house, partner = ingress = self._ingresses[reading.delivery.queue]
        if reading.key.sender != ingress.user:
            return
        handlers.refuse(house, partner.id, reading.message_id, problems[:MOST_PROBLEMS], unit)

    def on_repeated(self, event: Event, unit: Unit) -> None:
        handed = unit.store.handed_on(event.house, handlers.partner_of(event), event.id)
        if handed:
            aftercare.repeat_judgement(event, handed, unit)
        else:
            handlers.repeat_answer(event, unit)


def _with_plain_names(messages: Any) -> Any:
    """An unknown field's name is the partner's text too: what is no plain word may be anything, and is not repeated."""
    if not isinstance(messages, dict):
        return messages
    return {
        name if isinstance(name, int) or FIELD_NAME.fullmatch(name) else "…": _with_plain_names(below)
        for name, below in messages.items()
    }
