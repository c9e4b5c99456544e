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
NOTICE_TO_PLAN_DAYS = METRICS.histogram(
    "aftercare_notice_to_plan_days",
    "days from the registration of a detention to its first plan",
    labels=("house",),
    buckets=(0, 1, 3, 7, 14, 28, 42, 91, 182),
)
REFUSALS = METRICS.counter("aftercare_refusals_total", "refusals of a plan", labels=("house",))
FOLLOW_UPS = METRICS.counter(
    "aftercare_follow_ups_total",
    "answers at the moments from the release on, by whether the bottleneck is solved: yes, no",
    labels=("house", "moment", "domain", "solved"),
)
CONVERSATIONS = METRICS.counter(
    "aftercare_conversations_total",
    "conversations that were held, by what became of the offer: accepted, declined, open, not_offered",
    labels=("house", "answer"),
)
RELEASES = METRICS.counter(
    "aftercare_releases_total",
    "releases that the watch saw, by days from the notice (under_2_weeks, 2_to_6_weeks, over_6_weeks) and by what "
    "was ready: plan, refusal, nothing",
    labels=("house", "lead_time", "prepared"),
)
WITHOUT_PLAN = METRICS.gauge(
    "aftercare_released_without_plan",
    "people who were released without a plan, and for whom nothing has been done since, as of the last round",
    labels=("house",),
)
OVERDUE = METRICS.gauge(
    "aftercare_preparations_overdue",
    "preparations that were due and not ready, by the level that they had reached, as of the last round",
    labels=("house", "preparation", "level"),
)
TRAJECTORIES = METRICS.counter(
    "aftercare_trajectories_total",
    "what happened to trajectories: started, progressed, ended, transported, taken_back (a step that was a slip)",
    labels=("house", "kind", "what"),
)
STAYS = METRICS.counter(
    "aftercare_stays_total",
    "what happened to stays: asked, began, ended, withdrawn, taken_back (a step that was a slip)",
    labels=("house", "transition_house", "what"),
)
LINES = METRICS.gauge(
    "aftercare_fund_line_euros",
    "euros of a line in years that are not closed, as of the last round: available, commitment (promised and not yet "
    "spent), spent",
    labels=("house", "fund", "year", "line", "kind"),
)
ENTRIES = METRICS.counter(
    "aftercare_ledger_entries_total", "entries booked in the funds' ledger", labels=("house", "fund", "kind")
)
