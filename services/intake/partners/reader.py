"""How partners' messages are read: each partner has a queue of its own, so the queue tells the sender."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import chain, islice
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from marshmallow import Schema, ValidationError

from services.intake.house import House, Partner
from services.intake.partners import handlers
from services.intake.profile import load_houses
from services.intake.unit import Clock, Unit, system_clock
from shared.business_dates import dutch_date
from shared.configuration import ServiceSettings
from shared.messaging import Delivery, Problem, Reader, Reading, Rejected, Routes
from shared.messaging.envelope import ReceivedEnvelope
from shared.messaging.keeping import MUST_NOT_KEEP, Quota
from shared.messaging.sealing import INBOX, Sealer
from shared.schemas import broken_days
from shared.validation import MOST_PROBLEMS, Reason

OWN_USER_REQUIRED = "the AMQP property is required, and must be the partner's own user"
FIELD_NAME = re.compile(r"[A-Za-z_]{1,40}\d{0,4}", re.ASCII)
KEPT = Quota(messages=10_000, bytes=16 * 1024**2)
"""Of the refused messages of each partner."""
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


def ingresses(houses: Mapping[str, House]) -> list[Ingress]:
    """One for each partner of each house."""
    return [Ingress(house, partner) for house in houses.values() for partner in house.partners.values()]


def partners_queues(settings: ServiceSettings) -> list[str]:
    """The queues of all partners of the installation's houses."""
    return [ingress.queue for ingress in ingresses(load_houses(settings.houses))]


def partners_reader(routes: Routes, settings: ServiceSettings) -> "PartnerReader":
    """The reader of these queues."""
    return PartnerReader(routes, load_houses(settings.houses), Sealer(settings.message_key))


class PartnerReader(Reader):
    """Reads what partners send, every problem of its data at once, and answers on the partner's own queue."""

    quota = KEPT

    def __init__(self, routes: Routes, houses: Mapping[str, House], sealer: Sealer, now: Clock = system_clock) -> None:
        super().__init__(routes)
        self._sealer = sealer
        self._now = now
        self._ingresses = {ingress.queue: ingress for ingress in ingresses(houses)}

    def sender_of(self, delivery: Delivery) -> str:
        """The partner's user. The broker has checked `user_id`, but only if it is there."""
        user = self._ingresses[delivery.queue].user
        if delivery.user_id != user:
            raise Rejected(Problem("user_id", OWN_USER_REQUIRED, "wrong_sender"))
        return user

    def check(self, delivery: Delivery, envelope: ReceivedEnvelope) -> None:
        problems = tuple(self._wrong_attributes(self._ingresses[delivery.queue], envelope))
        if problems:
            raise Rejected(*problems)

    def _wrong_attributes(self, ingress: Ingress, envelope: ReceivedEnvelope) -> Iterator[Problem]:
        house, partner = ingress
        if envelope.source != partner.source:
            yield Problem("source", "is not the source agreed with the house", "wrong_source")
        if envelope.type not in self.routes:
            yield Problem("type", "is not known here", "unknown_type")
        elif not partner.sends(envelope.type):
            yield Problem("type", "is not a type that you may send", "type_not_allowed")
        if envelope.time > self._now() + CLOCKS_DIFFER:
            yield Problem("time", "is in the future", "in_future")
        if envelope.time.date() < house.began_on:
            yield Problem("time", f"is before {house.began_on}, the day on which the house began", "before_house_began")

    def house_of(self, delivery: Delivery, envelope: ReceivedEnvelope) -> str:
        return self._ingresses[delivery.queue].house.id

    def content(self, delivery: Delivery, document: Mapping[str, Any]) -> bytes:
        """Type and data, whatever the order of the keys: a sender may write its message anew when it sends it again."""
        if not document:
            return delivery.body
        return orjson.dumps([document.get("type"), document.get("data")], option=orjson.OPT_SORT_KEYS)

    def hash(self, content: bytes, sealer: Sealer) -> bytes:
        """Always with a key: whoever reads the inbox could else guess what a partner told."""
        return sealer.hash(content, INBOX)

    def id_without(self, content: bytes) -> UUID:
        return uuid5(NAMESPACE_OID, self.hash(content, self._sealer).hex())

    def load(self, delivery: Delivery, envelope: ReceivedEnvelope, schema: Schema) -> Any:
        """The data, if they keep both their form and the house's rules. Raises ValidationError with its problems."""
        wrong: dict[str, Any] = {}
        try:
            statement = schema.load(envelope.data)
        except ValidationError as error:
            statement, wrong = RightFields(error.valid_data), _with_plain_names(error.messages_dict)
        kind: Any = self.routes[envelope.type].message
        house, today = self._ingresses[delivery.queue].house, dutch_date(self._now())
        broken = chain(broken_days(kind, statement, today, house.began_on), kind.broken_rules(statement, house, today))
        for rule in islice(broken, MOST_PROBLEMS + 1):
            wrong.setdefault(rule.field, []).append(Reason(str(rule), rule.code))
        if wrong:
            raise ValidationError(wrong)
        return statement.placed(house)

    def why_not_kept(self, reading: Reading, kind: str) -> str | None:
        """Whatever is refused of a partner that sends what the house must not keep may be that, misspelled."""
        may_send = self._ingresses[reading.delivery.queue].partner.may_send
        misspelled = kind == "rejected" and any(not self.routes[type].keeps_body for type in may_send & {*self.routes})
        return MUST_NOT_KEEP if misspelled else super().why_not_kept(reading, kind)

    def on_rejected(self, reading: Reading, problems: tuple[Problem, ...], unit: Unit) -> None:
        """No answer where the sender can't be trusted: it would go to somebody who may not have sent anything."""
        house, partner = ingress = self._ingresses[reading.delivery.queue]
        if reading.key.sender != ingress.user:
            return
        handlers.refuse(house, partner.id, reading.ids_as_sent, problems, unit)


class RightFields:
    """Stands in for a statement of which some fields are wrong by their form: each of those reads as None."""

    def __init__(self, valid: Any) -> None:
        self._valid = valid

    def __getattr__(self, name: str) -> Any:
        return _right(self._valid.get(name))


def _right(value: Any) -> Any:
    """A field's value; what is not whole below it has its own right fields alone."""
    if type(value) is dict:
        return RightFields(value)
    return [_right(item) for item in value] if type(value) in (list, tuple) else value


def _with_plain_names(messages: Any) -> Any:
    """An unknown field's name is the partner's text too: what is no plain word may be anything, and is not repeated."""
    if not isinstance(messages, dict):
        return messages
    return {
        name if isinstance(name, int) or FIELD_NAME.fullmatch(name) else "…": _with_plain_names(below)
        for name, below in messages.items()
    }
