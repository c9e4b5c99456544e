"""What intake measures. Sealed referrals are in no figure, and no label tells a theme."""

from shared.observability import MetricSet

METRICS = MetricSet()

REFERRALS = METRICS.counter("intake_referrals_total", "referrals registered", labels=("house", "kind"))
SET_ASIDE = METRICS.counter(
    "intake_set_aside_total", "referrals set aside, because their number belongs to somebody else", labels=("house",)
)
REFUSED = METRICS.counter("intake_refused_total", "messages that a partner was refused", labels=("house", "partner"))
ANSWERS = METRICS.counter(
    "intake_information_answers_total", "information requests answered by a partner", labels=("house", "partner")
)
REPLAYS = METRICS.counter(
    "intake_replays_total", "replays of what it was sent that a partner asked for", labels=("house", "partner")
)
HANDED_ON = METRICS.counter(
    "intake_handed_on_total",
    "messages of a partner that were handed on to be judged",
    labels=("house", "partner", "type"),
)
FORGOTTEN = METRICS.counter(
    "intake_forgotten_total", "subjects that were forgotten after SUBJECT_DAYS", labels=("house",)
)
DISCLOSURES = METRICS.counter(
    "intake_disclosures_total",
    "times that somebody was told who a subject is, or what was written about it",
    labels=("house", "purpose"),
)
FEEDBACK_OVERDUE = METRICS.gauge(
    "intake_feedback_overdue",
    "referrers that called or wrote and have not heard within two working days",
    labels=("house",),
)
LISTS_STOPPED = METRICS.gauge(
    "intake_suspect_lists_overdue_days",
    "days since a list of suspects should have come, of a partner whose lists stopped",
    labels=("house", "partner"),
)
