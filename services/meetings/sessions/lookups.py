"""The sessions of a house."""

from functools import partial
from operator import attrgetter
from uuid import UUID

from services.meetings.house import House
from services.meetings.sessions.messages import SessionInDetail, SessionsQuery
from services.meetings.sessions.rules import Session, UnknownSession
from services.meetings.sessions.store import SessionStore
from shared.postgres import as_row
from shared.unit import Lookup
from shared.web import Page, check_cursor, page_of


def sessions(house: str, query: SessionsQuery, lookup: Lookup[House]) -> Page[Session]:
    """A page of them, by day. Raises Rejected if the cursor is no session of this house."""
    store = lookup.store(SessionStore)
    check_cursor(query.cursor, partial(store.session, house))
    return page_of(store.sessions(house, query), query.limit, attrgetter("session_id"))


def session(house: str, session_id: UUID, lookup: Lookup[House]) -> SessionInDetail:
    """Raises UnknownSession."""
    store = lookup.store(SessionStore)
    found = store.session(house, session_id)
    if not found:
        raise UnknownSession
    return SessionInDetail(**as_row(found), changes=tuple(store.changes(session_id)))
