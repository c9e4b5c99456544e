"""The meetings' own tables."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.meetings.domain.action_plans import ActionPlan, Agreement, Answer, MonitoringMoment, Owner, StandingPlan
from services.meetings.domain.sessions import Session
from services.meetings.domain.table_cases import Closing, Outcome, Seat, TableCase
from shared.postgres import Store, as_row, load_queries


class MeetingsStore(Store):
    """One method per query, with its name; domain objects in and out, plain rows for lists that people read.

    What runs at the seats that a transaction has read it knows from then on, with what it opens itself: with
    `load_running` a batch reads all that it is going to ask for at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def __init__(self, connection: Connection[Any]) -> None:
        super().__init__(connection)
        self._running: dict[Seat, UUID | None] = {}

    def load_running(self, seats: Collection[Seat]) -> None:
        """Read what runs at these; none of it is closed before the transaction ends."""
        columns = {name: [getattr(seat, name) for seat in seats] for name in Seat._fields}
        rows = self.fetch_all("running_table_cases", columns, prepare=False)
        self._running |= dict.fromkeys(seats)
        self._running |= {Seat(row["house"], row["subject_id"], row["table"]): row["table_case_id"] for row in rows}

    def open_table_case(self, table_case: TableCase) -> bool:
        """False when the subject has a running case at that table.

        The database decides: at once or, where it was read before that nothing runs, when the transaction ends. If
        another has opened one meanwhile, the transaction fails.
        """
        seat = table_case.seat
        if seat not in self._running:
            return self.fetch_one("open_table_case", as_row(table_case)) is not None
        if self._running[seat]:
            return False
        self._running[seat] = table_case.table_case_id
        self.later("open_table_cases", as_row(table_case))
        return True

    def running_table_case(self, seat: Seat) -> UUID | None:
        if seat not in self._running:
            self.load_running([seat])
        return self._running[seat]

    def add_referral(self, table_case_id: UUID, referral_id: UUID, referred_on: date) -> None:
        parameters = {"table_case_id": table_case_id, "referral_id": referral_id, "referred_on": referred_on}
        self.later("add_referral", parameters)

    def table_cases_to_change(self, house: str, table_case_ids: Sequence[UUID]) -> dict[UUID, TableCase]:
        rows = self.fetch_all("table_cases_to_change", {"house": house, "table_case_ids": list(table_case_ids)})
        return {row["table_case_id"]: _table_case(row) for row in rows}

    def close_table_case(self, table_case_id: UUID, closing: Closing) -> None:
        outcome = Jsonb(as_row(closing.outcome)) if closing.outcome else None
        self.execute("close_table_case", as_row(closing) | {"table_case_id": table_case_id, "outcome": outcome})

    def table_cases(
        self,
        house: str,
        *,
        table: str | None = None,
        running: bool | None = None,
        referral_id: UUID | None = None,
        after: UUID | None = None,
        limit: int,
    ) -> list[TableCase]:
        """None is any; `after` is the last table case of the page before."""
        wanted = {"table": table, "running": running, "referral_id": referral_id, "after": after, "limit": limit}
        return [_table_case(row) for row in self.fetch_all("table_cases", {"house": house, **wanted})]

    def table_case(self, house: str, table_case_id: UUID) -> TableCase | None:
        row = self.fetch_one("table_case", {"house": house, "table_case_id": table_case_id})
        return _table_case(row) if row else None

    def referrals(self, table_case_id: UUID) -> list[dict[str, Any]]:
        return self.fetch_all("referrals", {"table_case_id": table_case_id})

    def is_planned(self, session_id: UUID) -> bool:
        return self.fetch_one("is_planned", {"session_id": session_id}) is not None

    def add_session(self, session: Session) -> None:
        parameters = as_row(session) | {
            "session_id": session.session_id,
            "table_case_ids": list(session.table_case_ids),
        }
        self.execute("add_session", parameters)
        self.execute("add_session_cases", parameters)

    def discussed(self, table_case_ids: Collection[UUID]) -> set[UUID]:
        rows = self.fetch_all("discussed", {"table_case_ids": list(table_case_ids)})
        return {row["table_case_id"] for row in rows}

    def sessions(self, table_case_id: UUID) -> list[dict[str, Any]]:
        return self.fetch_all("sessions", {"table_case_id": table_case_id})

    def standing_plan(self, table_case_id: UUID) -> StandingPlan | None:
        row = self.fetch_one("standing_plan", {"table_case_id": table_case_id})
        if not row:
            return None
        which = {"action_plan_id": row["action_plan_id"]}
        plan = ActionPlan(
            agreed_on=row["agreed_on"],
            case_holder=row["case_holder"],
            agreements=tuple(map(_agreement, self.fetch_all("agreements", which))),
        )
        moments = tuple(map(_moment, self.fetch_all("moments", which)))
        return StandingPlan(action_plan_id=row["action_plan_id"], plan=plan, moments=moments)

    def replace_plan(self, house: str, table_case_id: UUID, standing: StandingPlan) -> None:
        """The plan takes the place of the one that stood, if there was one; that stays as history."""
        plan = standing.plan
        which = {"house": house, "table_case_id": table_case_id, "action_plan_id": standing.action_plan_id}
        self.execute("replace_plan", which | {"replaced_on": plan.agreed_on})
        self.execute("add_plan", which | {"agreed_on": plan.agreed_on, "case_holder": plan.case_holder})
        for place, agreement in enumerate(plan.agreements, start=1):
            self.execute("add_agreement", which | {"place": place} | _columns(agreement))
        for moment in standing.moments:
            self.execute("add_moment", which | {"code": moment.code, "due_on": moment.due_on})

    def answer_moment(self, action_plan_id: UUID, code: str, answer: Answer) -> None:
        self.execute("answer_moment", as_row(answer) | {"action_plan_id": action_plan_id, "code": code})

    def is_moment(self, house: str, moment_id: UUID) -> bool:
        return self.fetch_one("is_moment", {"house": house, "moment_id": moment_id}) is not None

    def due_moments(self, house: str, *, due_by: date, after: UUID | None, limit: int) -> list[dict[str, Any]]:
        return self.fetch_all("due_moments", {"house": house, "due_by": due_by, "after": after, "limit": limit})


def _table_case(row: dict[str, Any]) -> TableCase:
    closed_on, outcome, reason = row.pop("closed_on"), row.pop("outcome"), row.pop("running_on_reason")
    if not closed_on:
        return TableCase(**row)
    scored = Outcome(**outcome) if outcome else None
    return TableCase(**row, closing=Closing(closed_on=closed_on, outcome=scored, running_on_reason=reason))


def _agreement(row: dict[str, Any]) -> Agreement:
    owner = Owner(partner=row["owner_partner"], person=row["owner_person"])
    return Agreement(owner=owner, what=row["what"], due_on=row["due_on"], domain=row["life_domain"])


def _columns(agreement: Agreement) -> dict[str, Any]:
    return {
        "owner_partner": agreement.owner.partner,
        "owner_person": agreement.owner.person,
        "life_domain": agreement.domain,
        "what": agreement.what,
        "due_on": agreement.due_on,
    }


def _moment(row: dict[str, Any]) -> MonitoringMoment:
    code, due_on = row.pop("code"), row.pop("due_on")
    return MonitoringMoment(code=code, due_on=due_on, answer=Answer(**row) if row["answered_on"] else None)
