"""Metrics of the messaging core. The only labels are queue, exchange, outcome and reason.

A message on a sealed matter is in none of them, and neither is what is announced for it.
"""

from contextlib import suppress

from shared.observability.metrics import MetricSet

METRICS = MetricSet()

CONSUMED = METRICS.counter(
    "messaging_consumed_total",
    "messages taken, by what became of them: done, repeated, ignored, postponed, rejected, unexpected, exhausted",
    labels=("queue", "outcome"),
)
QUEUE_CPU_SECONDS = METRICS.counter(
    "messaging_queue_cpu_seconds_total",
    "CPU seconds of Python that the messages of a queue cost: whose messages are dear",
    labels=("queue",),
)
PAUSES = METRICS.counter(
    "messaging_pauses_total",
    "times that consuming paused: the database did not answer, or nearly every message failed",
    labels=("reason",),
)
PUBLISHED = METRICS.counter(
    "messaging_published_total", "messages that the broker confirmed, by exchange", labels=("exchange",)
)
PUBLISHED_RETRIES = METRICS.counter(
    "messaging_published_retries_total", "messages that the broker refused or did not confirm, and that go out again"
)
PUBLISHED_RETURNED = METRICS.counter(
    "messaging_published_returned_total", "messages that the broker returned because no queue wanted them"
)
DATABASE_CANNOT_WRITE = METRICS.gauge(
    "messaging_database_cannot_write",
    "1 while the service's database can't write: its disk is full, or it can only be read",
)
BROKER_BLOCKED = METRICS.gauge(
    "messaging_broker_blocked", "1 while the broker takes nothing from this relay, being short of memory or disk"
)
AUDIT_CHECKED = METRICS.gauge(
    "messaging_audit_checked_timestamp_seconds",
    "when the last whole check of the audit log ended; before the first, when it began",
)
AUDIT_FINDINGS = METRICS.gauge(
    "messaging_audit_findings", "what the check of the audit log has found: rows and seals that somebody changed"
)
CERTIFICATES_END = METRICS.gauge(
    "messaging_certificates_end_seconds",
    "when the first of the process's certificates for broker and database ends, since the epoch; 0 without TLS",
)
OUTBOX_WAITING = METRICS.gauge("messaging_outbox_waiting", "messages in the outbox that the broker has not confirmed")
OUTBOX_OLDEST_SECONDS = METRICS.gauge(
    "messaging_outbox_oldest_seconds", "age of the oldest message in the outbox; 0 when it is empty"
)
PARKED = METRICS.gauge("messaging_parked", "messages set aside that wait for a person", labels=("queue",))
POSTPONED = METRICS.gauge("messaging_postponed", "messages kept in the database for a later attempt", labels=("queue",))
POSTPONED_OLDEST_SECONDS = METRICS.gauge(
    "messaging_postponed_oldest_seconds",
    "how long the oldest of those messages has been postponed; 0 when there is none",
    labels=("queue",),
)
QUEUE_WAITING_SECONDS = METRICS.gauge(
    "messaging_queue_waiting_seconds",
    "how long the message taken last had waited in its queue: from its publishing until it was taken",
    labels=("queue",),
)
QUEUES = METRICS.gauge("messaging_queues", "queues that this worker takes messages from; its replicas take the others")
BATCH_SECONDS = METRICS.histogram("messaging_batch_seconds", "time that one batch took, from taking to acknowledging")
BATCH_MESSAGES = METRICS.histogram(
    "messaging_batch_messages", "messages in one batch", buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500)
)


def forget_queue(queue: str) -> None:
    """Remove the gauges of a queue that another worker consumes from now on."""
    for gauge in (PARKED, POSTPONED, POSTPONED_OLDEST_SECONDS, QUEUE_WAITING_SECONDS):
        with suppress(KeyError):
            gauge.remove(queue)
