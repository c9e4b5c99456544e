"""Sessions, the table cases that they take, and what was recorded of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.sessions.messages import CaseSession, SessionChange, SessionsQuery
from services.meetings.sessions.rules import Reason, Session, State, UnknownSession
from shared.postgres import as_row, load_queries
from shared.sealed_texts import About, StoreWithTexts


class SessionStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because",)

    def session(self, house: str, session_id: UUID) -> Session | None:
        return self.fetch_one("session", {"house": house, "session_id": session_id}, _session)

    def session_to_change(self, house: str, session_id: UUID) -> Session:
        """Locked, so that of two commands the second sees what the first did. Raises UnknownSession."""
        self.execute("lock_session", {"house": house, "session_id": session_id})
        if found := self.session(house, session_id):
            return found
        raise UnknownSession

    def sessions(self, house: str, query: SessionsQuery) -> list[Session]:
        """One more than the page holds, if there is a next page."""
        wanted = {"house": house, "after": query.cursor, "limit": query.limit + 1}
        return self.fetch_all("sessions", wanted | {"state": query.state, "until": query.until}, _session)

    def add_session(self, session: Session, by: str) -> None:
        """Record a planned session. by: who planned the session."""
        reasons = [session.reasons.get(table_case_id) for table_case_id in session.table_case_ids]
        parameters = as_row(session) | {"table_case_ids": list(session.table_case_ids), "case_reasons": reasons}
        del parameters["reasons"]
        self.execute("add_session", parameters)
        self.execute("add_session_cases", parameters)
        self._add_change(session, by, None)

    def change_session(self, session: Session, by: str, because: str | None = None) -> None:
        """Record the day and the state that count from now on."""
        which = {"session_id": session.session_id, "held_on": session.held_on, "state": session.state}
        self.execute("change_session", which)
        self._add_change(session, by, because)

    def _add_change(self, session: Session, by: str, because: str | None) -> None:
        about = {"session_id": session.session_id, "held_on": session.held_on, "state": session.state}
        row = about | {"because": because, "recorded_by": by}
        self.execute("add_change", self._sealed(About(session.house, session.session_id), row))

    def changes(self, session_id: UUID) -> list[SessionChange]:
        return self.fetch_all("changes", {"session_id": session_id}, _change)

    def discussed(self, table_case_ids: Collection[UUID], by: date) -> set[UUID]:
        """The table cases of which a session was held by that day."""
        rows = self.fetch_all("discussed", {"table_case_ids": list(table_case_ids), "by": by})
        return {row["table_case_id"] for row in rows}

    def sessions_with(self, house: str, case_id: UUID) -> list[UUID]:
        """The ids of the sessions with a table case of this case."""
        rows = self.fetch_all("sessions_with", {"house": house, "case_id": case_id})
        return [row["session_id"] for row in rows]

    def sessions_of_case(self, table_case_id: UUID) -> list[CaseSession]:
        return self.fetch_all("sessions_of_case", {"table_case_id": table_case_id}, _case_session)


def _session(
    *, table_case_ids: Sequence[UUID], reasons: Mapping[str, str] | None, state: str, **columns: Any
) -> Session:
    of_cases = {UUID(table_case_id): Reason(reason) for table_case_id, reason in (reasons or {}).items()}
    return Session(table_case_ids=tuple(table_case_ids), reasons=of_cases, state=State(state), **columns)


def _change(*, state: str, **columns: Any) -> SessionChange:
    return SessionChange(state=State(state), **columns)


def _case_session(*, state: str, reason: str | None, **columns: Any) -> CaseSession:
    return CaseSession(state=State(state), reason=Reason(reason) if reason else None, **columns)
