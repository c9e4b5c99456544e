"""What each broker user may do, written down a second time: deploy/topology.toml is what these tests are about."""

import re
from dataclasses import dataclass, field

from tests.security.attempts import Attempt
from tests.security.two_houses import partners

EVENTS = {
    "intake": {
        "referrals.registered.v1",
        "detentions.registered.v1",
        "release-dates.reported.v1",
        "detentions.corrected.v1",
        "subjects.merged.v1",
        "subjects.separated.v1",
        "subjects.forgotten.v1",
        "relations.changed.v1",
        "outflows.reported.v1",
        "information-requests.answered.v1",
        "referrals.withdrawn.v1",
        "information-requests.supplemented.v1",
        "conversations.reported.v1",
        "conversations.reported.v2",
        "trajectory-progress.reported.v1",
        "invoices.received.v1",
    },
    "weighing": {
        "information-requests.issued.v1",
        "information-requests.reminded.v1",
        "information-requests.voided.v1",
        "late-supplements.received.v1",
        "referrals.weighed.v1",
    },
    "meetings": {
        "table-cases.opened.v1",
        "table-cases.referred-again.v1",
        "table-cases.withdrawn.v1",
        "table-case-referrals.withdrawn.v1",
        "sessions.planned.v1",
        "sessions.moved.v1",
        "sessions.held.v1",
        "sessions.cancelled.v1",
        "action-plans.agreed.v1",
        "action-plans.withdrawn.v1",
        "monitoring-moments.answered.v1",
        "monitoring-answers.withdrawn.v1",
        "table-cases.closed.v1",
        "closings.corrected.v1",
        "closings.withdrawn.v1",
    },
    "aftercare": {
        "release-dates.changed.v1",
        "detentions.joined.v1",
        "detentions.withdrawn.v1",
        "detentions.restored.v1",
        "aftercare-plans.made.v1",
        "aftercare-plans.withdrawn.v1",
        "conversations.held.v1",
        "conversations.withdrawn.v1",
        "assignments.given.v1",
        "preparations.overdue.v1",
        "releases.unprepared.v1",
        "trajectories.started.v1",
        "trajectories.progressed.v1",
        "trajectories.ended.v1",
        "trajectory-steps.withdrawn.v1",
        "stays.began.v1",
        "stays.ended.v1",
        "stay-steps.withdrawn.v1",
        "ledger-entries.booked.v1",
        "co-financing-shortfalls.foreseen.v1",
        "submissions.judged.v1",
    },
    "reporting": set[str](),
}
PARTNERS = partners()
READING = {"consume", "get", "purge"}
"""Who may read a queue may empty it: the broker knows no difference."""


@dataclass(frozen=True)
class Rights:
    """The queues that somebody reads, the exchanges written to with any key, and those with these keys only."""

    reads: frozenset[str] = frozenset()
    reads_like: str = ""  # a pattern; for queues of whichever partners there will be
    writes: frozenset[str] = frozenset()
    announces: dict[str, set[str]] = field(default_factory=dict)

    def include(self, attempt: Attempt) -> bool:
        if attempt.operation == "publish":
            return attempt.on in self.writes or attempt.key in self.announces.get(attempt.on, ())
        return attempt.operation in READING and (
            attempt.on in self.reads or bool(re.fullmatch(self.reads_like, attempt.on))
        )


RIGHTS = {
    **{service: Rights(reads=frozenset({service})) for service in EVENTS},
    **{f"{service}-relay": Rights(announces={service: keys}) for service, keys in EVENTS.items()},
    "intake": Rights(
        reads=frozenset({"intake", *(f"intake.from.{partner}" for partner in PARTNERS)}),
        reads_like=r"intake\.from\.[a-z0-9-]+\.[a-z0-9-]+",
    ),
    "intake-relay": Rights(writes=frozenset({"partners"}), announces={"intake": EVENTS["intake"]}),
    **{
        partner: Rights(reads=frozenset({f"partner.{partner}.out"}), writes=frozenset({f"partner.{partner}.in"}))
        for partner in PARTNERS
    },
    "operator": Rights(reads=frozenset({"dead-letters"})),
}
"""By user; there are no others."""
