"""The samples in a process's metrics that the monitor uses."""

from collections.abc import Iterable

from prometheus_client.parser import text_string_to_metric_families

from services.reporting.watch.answers import Sample

USED = (
    "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp",
    "desk_requests_total",
    "http_requests_total",
    "messaging_certificates_end_seconds",
    "messaging_consumed_total",
    "messaging_database_cannot_write",
    "messaging_parked",
    "messaging_pauses_total",
    "messaging_postponed",
    "messaging_postponed_oldest_seconds",
    "messaging_queue_waiting_seconds",
    "messaging_published_total",
    "messaging_outbox_waiting",
    "messaging_outbox_oldest_seconds",
    "rabbitmq_alarms_free_disk_space_watermark",
    "rabbitmq_alarms_memory_used_watermark",
    "rabbitmq_auth_attempts_failed_total",
    "rabbitmq_detailed_queue_messages",
    "rabbitmq_detailed_queue_messages_published_total",
    "rabbitmq_disk_space_available_bytes",
    "rabbitmq_disk_space_available_limit_bytes",
)
BROKER_METRICS = ("/metrics/detailed?family=queue_coarse_metrics&family=channel_queue_exchange_metrics", "/metrics")
"""Where RabbitMQ tells how many messages each queue holds and got, and which alarms are on."""


def samples_in(text: str) -> list[Sample]:
    """The samples in a text in Prometheus' format; raises ValueError if the text is something else."""
    return [
        Sample(sample.name, sample.labels, float(sample.value))
        for family in text_string_to_metric_families("\n".join(_used_lines(text)) + "\n")
        for sample in family.samples
    ]


def _used_lines(text: str) -> Iterable[str]:
    # most of what a process tells is about its own memory and the like, and parsing is slow
    return (line for line in text.splitlines() if line.startswith(USED) and line[0] != "#")
