"""Metrics of HTTP requests. The label `route` is the path's template, never the URL."""

from shared.observability.metrics import MetricSet

METRICS = MetricSet()

REQUESTS = METRICS.counter("http_requests_total", "HTTP requests answered", labels=("method", "route", "status"))
REQUEST_SECONDS = METRICS.histogram("http_request_seconds", "time to answer an HTTP request", labels=("route",))
