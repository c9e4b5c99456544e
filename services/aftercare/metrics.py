"""What aftercare measures. Counted when handled: a batch that is undone and taken again counts again."""

from shared.observability import MetricSet

METRICS = MetricSet()

DETENTIONS = METRICS.counter(
    "aftercare_detentions_total",
    "detentions registered, by whether the municipality does its own aftercare",
    labels=("house", "own_aftercare"),
)
RELEASE_DATES = METRICS.counter(
    "aftercare_release_dates_changed_total", "release dates that changed after the notice", labels=("house",)
)
PLANS = METRICS.counter("aftercare_plans_made_total", "plans made", labels=("house",))
BOTTLENECKS = METRICS.counter(
    "aftercare_bottlenecks_total",
    "life domains of the plans made, by whether there is a bottleneck: yes, no, unknown",
    labels=("house", "domain", "bottleneck"),
)
TRAJECTORIES = METRICS.counter(
    "aftercare_trajectories_total",
    "what happened to trajectories: started, progressed, ended, transported",
    labels=("house", "kind", "what"),
)
STAYS = METRICS.counter(
    "aftercare_stays_total",
    "what happened to stays: asked, began, ended, withdrawn",
    labels=("house", "transition_house", "what"),
)
ENTRIES = METRICS.counter(
    "aftercare_ledger_entries_total", "entries booked in the funds' ledger", labels=("house", "fund", "kind")
)
