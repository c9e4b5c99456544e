"""The exchanges and queues of the five services: a queue for each handler, as FastStream's docs suggest."""

from faststream.rabbit import ExchangeType, QueueType, RabbitExchange, RabbitQueue
from faststream.rabbit.schemas.queue import QuorumQueueArgs

DEAD_LETTERS = RabbitQueue("dead-letters", queue_type=QueueType.QUORUM, durable=True)
TRIES: QuorumQueueArgs = {
    "x-delivery-limit": 20,
    "x-dead-letter-exchange": "",
    "x-dead-letter-routing-key": DEAD_LETTERS.name,
}
"""What fails so often is set aside."""


def _exchange(name: str) -> RabbitExchange:
    return RabbitExchange(name, type=ExchangeType.TOPIC, durable=True)


def _queue(name: str, routing_key: str) -> RabbitQueue:
    return RabbitQueue(name, queue_type=QueueType.QUORUM, durable=True, routing_key=routing_key, arguments=TRIES)


INGRESS = _exchange("ingress")
"""Where partners send to; the routing key is the short type and the partner's user, `<house>.<partner>`."""
PARTNERS = _exchange("partners")
"""Where what partners get comes out; the routing key is the partner's user."""
DECISIONS = _exchange("decisions")
INTAKE, WEIGHING, MEETINGS = _exchange("intake"), _exchange("weighing"), _exchange("meetings")
"""What each service publishes; the routing key is the short type."""
EXCHANGES = {each.name: each for each in (INGRESS, PARTNERS, DECISIONS, INTAKE, WEIGHING, MEETINGS)}

MAILBOX = _queue("partners", "#")

ARREST_NOTICES = _queue("intake.arrest-notices", "arrest-notices.submitted.v1.{house}.{partner}")
DETENTION_NOTICES = _queue("intake.detention-notices", "detention-notices.submitted.v1.{house}.{partner}")
CURRENT_REFERRALS = _queue("intake.current-referrals", "current-referrals.submitted.v1.{house}.{partner}")
REQUESTS_TO_SEND = _queue("intake.information-requests", "information-requests.issued.v1")
FEEDBACK_TO_GIVE = _queue("intake.weighed", "referrals.weighed.v1")
REFERRALS_TO_WEIGH = _queue("weighing.referrals", "referrals.registered.v1")
DECISIONS_TO_RECORD = _queue("weighing.decisions", "decisions.taken.v1")
WEIGHED_REFERRALS = _queue("meetings.weighed", "referrals.weighed.v1")
DETENTIONS_TO_REGISTER = _queue("aftercare.detentions", "detentions.registered.v1")
OPENED_TO_FOLLOW = _queue("aftercare.opened", "table-cases.opened.v1")
REFERRALS_TO_REPORT = _queue("reporting.referrals", "referrals.registered.v1")
DETENTIONS_TO_REPORT = _queue("reporting.detentions", "detentions.registered.v1")
WEIGHED_TO_REPORT = _queue("reporting.weighed", "referrals.weighed.v1")
OPENED_TO_REPORT = _queue("reporting.opened", "table-cases.opened.v1")
REFERRED_AGAIN_TO_REPORT = _queue("reporting.referred-again", "table-cases.referred-again.v1")

CONSUMED = [
    *(ARREST_NOTICES, DETENTION_NOTICES, CURRENT_REFERRALS, REQUESTS_TO_SEND, FEEDBACK_TO_GIVE),
    *(REFERRALS_TO_WEIGH, DECISIONS_TO_RECORD, WEIGHED_REFERRALS, DETENTIONS_TO_REGISTER, OPENED_TO_FOLLOW),
    *(REFERRALS_TO_REPORT, DETENTIONS_TO_REPORT, WEIGHED_TO_REPORT, OPENED_TO_REPORT, REFERRED_AGAIN_TO_REPORT),
]
