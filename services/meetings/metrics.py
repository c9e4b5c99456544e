"""What the meetings measure. Counted when handled: a batch that is undone and taken again counts again."""

from shared.observability import MetricSet

METRICS = MetricSet()

OPENED = METRICS.counter("meetings_table_cases_opened_total", "table cases opened", labels=("house", "table"))
REFERRED_AGAIN = METRICS.counter(
    "meetings_table_cases_referred_again_total",
    "referrals that found their table case running",
    labels=("house", "table"),
)
CLOSED = METRICS.counter("meetings_table_cases_closed_total", "table cases closed", labels=("house", "table"))
PLANS_AGREED = METRICS.counter("meetings_action_plans_agreed_total", "action plans agreed", labels=("house", "table"))
MOMENTS_ANSWERED = METRICS.counter(
    "meetings_monitoring_moments_answered_total",
    "monitoring moments answered, by whether the plan still stands",
    labels=("house", "plan_stands"),
)
SESSIONS_PLANNED = METRICS.counter("meetings_sessions_planned_total", "sessions planned", labels=("house", "table"))
SESSIONS_HELD = METRICS.counter("meetings_sessions_held_total", "sessions recorded as held", labels=("house", "table"))
