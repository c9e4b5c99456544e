"""Metrics of HTTP requests. The label `route` is the path's template, never the URL."""

from shared.connections import STEPS
from shared.observability.metrics import MetricSet

METRICS = MetricSet()

REQUESTS = METRICS.counter("http_requests_total", "HTTP requests answered", labels=("method", "route", "status"))
CUT_OFF = METRICS.counter(
    "http_connections_cut_off_total",
    "connections closed because the client stood still: before a request (idle), in it, or with its answer unread",
    labels=("step",),
)
for step in STEPS:
    CUT_OFF.labels(step)  # so that Prometheus sees the first increment
REQUEST_SECONDS = METRICS.histogram("http_request_seconds", "time to answer an HTTP request", labels=("route",))
KEY_FETCHES = METRICS.counter(
    "identity_key_fetches_total", "fetches of the identity provider's public keys", labels=("outcome",)
)
for outcome in ("fetched", "failed"):
    KEY_FETCHES.labels(outcome)
