"""Access tokens last minutes, a session lasts a working day: tokens are renewed when they are needed."""

from datetime import UTC, datetime

from flask import g

from desk.access import session
from desk.metrics import SESSIONS_ENDED
from desk.parts import parts
from desk.provider import ProviderDown, SignInFailed
from desk.sessions.rules import Session
from desk.sessions.store import SessionStore


class SessionEnded(Exception):
    """The session of this request has ended while the request was under way."""


def session_with_tokens() -> Session:
    """The session of this request, with an access token that lasts. Raises SessionEnded, ProviderDown.

    Of two tabs that find the token old at the same moment, one renews it and the other waits: a provider accepts a
    refresh token once, and takes a second use for a theft.
    """
    if session().tokens.needs_renewal(datetime.now(UTC)):
        with parts().database.transaction() as connection:
            g.session = _renewed(SessionStore(connection, parts().settings.session_key), session())
    if g.session is None:
        raise SessionEnded
    return session()


def _renewed(sessions: SessionStore, old: Session) -> Session | None:
    """None if the session has ended, or ends now because the provider renews nothing."""
    found = sessions.lock(old)
    if found is None or not found.tokens.needs_renewal(datetime.now(UTC)):
        return found
    try:
        issued = parts().provider.renew(found.tokens, found.person)
    except SignInFailed:
        sessions.end(found)
        SESSIONS_ENDED.labels("refused").inc()
        return None
    except ProviderDown:
        if found.tokens.expires_at > datetime.now(UTC):
            return found
        raise
    return sessions.renew(found, issued.person, issued.tokens)
