"""What reporting measures. Counted when handled: a batch that is undone and taken again counts again."""

from shared.observability import MetricSet

METRICS = MetricSet()

EVENTS_KEPT = METRICS.counter("reporting_events_kept_total", "events added to the journal", labels=("event",))
REPORT_SECONDS = METRICS.histogram("reporting_report_seconds", "time to make a management report")
FACTSHEET_SECONDS = METRICS.histogram("reporting_factsheet_seconds", "time to make a municipality's factsheet")
SCRAPES = METRICS.counter(
    "reporting_scrapes_total", "times that a process was asked for its metrics", labels=("target", "outcome")
)
PARTNER_OLDEST_SECONDS = METRICS.gauge(
    "reporting_partner_oldest_seconds",
    "how long the oldest message that a partner did not fetch has waited at most; 0 when none waits",
    labels=("queue",),
)
