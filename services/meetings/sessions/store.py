"""Sessions and the table cases that they take."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.sessions.messages import SessionView
from services.meetings.sessions.rules import Reason, Session
from shared.postgres import Store, as_row, load_queries


class SessionStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

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
        """Those that a session has taken."""
        rows = self.fetch_all("discussed", {"table_case_ids": list(table_case_ids)})
        return {row["table_case_id"] for row in rows}

    def sessions(self, table_case_id: UUID) -> list[SessionView]:
        return self.fetch_all("sessions", {"table_case_id": table_case_id}, _session)


def _session(*, reason: str | None, **columns: Any) -> SessionView:
    return SessionView(reason=Reason(reason) if reason else None, **columns)
