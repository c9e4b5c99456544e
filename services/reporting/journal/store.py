"""The journal, and the projections that figures are counted from."""

from pathlib import Path

import orjson
from psycopg.types.json import Jsonb

from services.reporting.journal.messages import Data
from shared.messaging import Event
from shared.postgres import Store, load_queries

PROJECTED_BY = {
    "referrals.registered.v1": "put_referral",
    "detentions.registered.v1": "put_detention",
    "detentions.corrected.v1": "put_detention_correction",
    "detentions.joined.v1": "put_detention_taken_out",
    "detentions.withdrawn.v1": "put_detention_taken_out",
    "detentions.restored.v1": "put_detention_taken_out",
    "subjects.merged.v1": "put_alias",
    "subjects.separated.v1": "put_alias",
    "referrals.weighed.v1": "put_tabling",
    "decisions.corrected.v1": "put_tabling",
    "decisions.withdrawn.v1": "put_tabling",
    "table-cases.opened.v1": "put_opening",
    "table-cases.withdrawn.v1": "put_opening",
    "table-cases.referred-again.v1": "put_referred_again",
    "table-case-referrals.withdrawn.v1": "put_referred_again",
    "sessions.planned.v1": "put_session",
    "sessions.moved.v1": "put_session",
    "sessions.held.v1": "put_session",
    "sessions.cancelled.v1": "put_session",
    "action-plans.agreed.v1": "put_action_plan",
    "action-plans.withdrawn.v1": "put_action_plan",
    "monitoring-moments.answered.v1": "put_monitoring_answer",
    "monitoring-answers.withdrawn.v1": "put_monitoring_answer",
    "table-cases.closed.v1": "put_closing",
    "closings.corrected.v1": "put_closing",
    "closings.withdrawn.v1": "put_closing",
    "release-dates.changed.v1": "put_release",
    "aftercare-plans.made.v1": "put_aftercare_plan",
    "aftercare-plans.withdrawn.v1": "put_aftercare_plan",
}
"""The query of projections.sql that makes rows of the events of a type. Other types are in no projection yet.

Types that state the same fact share a query: of their events the one with the greatest id counts, for a publisher's ids
are in the order of its announcements. So the rows are the same in whatever order the events arrive.
"""

PROJECTIONS = load_queries(Path(__file__).with_name("projections.sql"))
QUERIES = load_queries(Path(__file__).with_name("queries.sql"))


def projections_from(events: str) -> dict[str, str]:
    """The queries of projections.sql, which select from `event`, made to select from these events. events: a query."""
    return {name: f"WITH event AS (\n{events}\n)\n{query}" for name, query in PROJECTIONS.items()}


class JournalStore(Store):
    """Keeps events as they come. Making the projections again is for `rebuild`, by the same queries."""

    queries = QUERIES | projections_from(QUERIES["given_events"])
    written_later = ("keep", *PROJECTIONS)

    def keep(self, event: Event[Data]) -> None:
        """Add an event to the journal, and to its projection if it has one."""
        given = {
            "event_id": event.id,
            "type": event.type,
            "house": event.house,
            "time": event.time,
            "data": Jsonb(event.data, dumps=orjson.dumps),
        }
        kept = {"case_id": event.case_id, "correlation_id": event.correlation_id}
        self.later("keep", given | kept)
        if projection := PROJECTED_BY.get(event.type):
            self.later(projection, given)
