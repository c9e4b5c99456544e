"""The journal and the projections."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from services.reporting.domain.facts import (
    Detentions,
    DomainFinding,
    Facts,
    MomentAnswers,
    Period,
    TableCase,
    TableWork,
    Tablings,
    WeighedReferral,
)
from shared.messaging import Event
from shared.postgres import Store, load_queries

Row = Mapping[str, Any]


class ReportingStore(Store):
    """One method per query, with its name. `put_…` takes an event's data with `house`, `time` and `event_id`."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def keep(self, event: Event, raw: Mapping[str, Any]) -> None:
        self.execute(
            "keep",
            {
                "event_id": event.id,
                "type": event.type,
                "house": event.house,
                "case_id": event.case_id,
                "time": event.time,
                "correlation_id": event.correlation_id,
                "data": Jsonb(raw),
            },
        )

    def journal_after(self, position: int, limit: int) -> list[dict[str, Any]]:
        return self.fetch_all("journal_after", {"position": position, "limit": limit})

    def hold_projections(self) -> None:
        self.execute("hold_projections")

    def empty_projections(self) -> None:
        self.execute("empty_projections")

    def put_referral(self, referral: Row) -> None:
        self.execute("put_referral", referral)

    def put_tabling(self, tabling: Row) -> None:
        self.execute("put_tabling", tabling)

    def put_opening(self, table_case: Row) -> None:
        self.execute("put_opening", table_case)

    def put_closing(self, table_case: Row) -> None:
        outcome = Jsonb(table_case["outcome"]) if table_case["outcome"] else None
        self.execute("put_closing", {**table_case, "outcome": outcome})

    def put_referred_again(self, referral: Row) -> None:
        self.execute("put_referred_again", referral)

    def put_session(self, session: Row) -> None:
        self.execute("put_session", {**session, "cases": len(session["table_case_ids"])})

    def put_action_plan(self, plan: Row) -> None:
        self.execute("put_action_plan", plan)

    def put_monitoring_answer(self, answer: Row) -> None:
        self.execute("put_monitoring_answer", answer)

    def put_detention(self, detention: Row) -> None:
        self.execute("put_detention", {**detention, "weighed": detention["referral_id"] is not None})

    def put_release(self, release: Row) -> None:
        self.execute("put_release", release)

    def put_aftercare_plan(self, plan: Row) -> None:
        self.execute("put_aftercare_plan", {**plan, "domains": Jsonb(plan["domains"])})

    def read_one_moment(self) -> None:
        self.execute("read_one_moment")

    def facts(self, house: str, period: Period) -> Facts:
        """All that a report counts, as it stands at this moment."""
        of_period = {"house": house, **period._asdict()}
        return Facts(
            weighed=[WeighedReferral(**row) for row in self.fetch_all("weighed_referrals", of_period)],
            tablings=[Tablings(**row) for row in self.fetch_all("tablings", of_period)],
            table_cases=[TableCase(**row) for row in self.fetch_all("table_cases", of_period)],
            detentions=[Detentions(**row) for row in self.fetch_all("detentions", of_period)],
            aftercare_plans=self.fetch_all("aftercare_plans", of_period)[0]["count"],
            domain_findings=[DomainFinding(**row) for row in self.fetch_all("aftercare_domains", of_period)],
            table_work=[TableWork(**row) for row in self.fetch_all("table_work", of_period)],
            moment_answers=[MomentAnswers(**row) for row in self.fetch_all("monitoring_answers", of_period)],
        )
