"""What the desk counts."""

from shared.observability.metrics import MetricSet

METRICS = MetricSet()
REQUESTS = METRICS.counter("desk_requests_total", "requests answered", labels=("method", "route", "status"))
REQUEST_SECONDS = METRICS.histogram(
    "desk_request_seconds", "time from a request to its answer, services included", labels=("route",)
)
CALLS = METRICS.counter(
    "desk_calls_total",
    "calls to services for a person, by their end: answered, refused, or why there was no answer",
    labels=("service", "end"),
)
CALL_SECONDS = METRICS.histogram("desk_call_seconds", "time that a call to a service took", labels=("service",))
SIGN_INS = METRICS.counter(
    "desk_sign_ins_total", "sign-ins by their end: signed_in, or the reason of the failure", labels=("end",)
)
SESSIONS_ENDED = METRICS.counter(
    "desk_sessions_ended_total",
    "sessions ended by somebody: signed_out, signed_out_everywhere, by_provider, refused by the provider at a renewal",
    labels=("why",),
)
