"""What weighing measures. The labels are codes and sub-regions of a house's profile, so there are few of them."""

from shared.observability import MetricSet

METRICS = MetricSet()

DECISIONS = METRICS.counter(
    "weighing_decisions_total", "decisions that the weighing team recorded", labels=("house", "decision")
)
AGENDA_WAITING = METRICS.gauge(
    "weighing_agenda_waiting", "referrals that wait for a decision", labels=("house", "sub_region")
)
