"""Who may see a page: who is signed in. What one may do there is for the services to say.

A view is for people who are signed in, unless it is marked `@public`. A form is taken only with the token that the desk
put into it for this person.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, current_app, g, request
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from desk.drafts.store import DraftStore
from desk.form_token import FIELD, FormToken
from desk.grants import GRANTS
from desk.headers import origin_of
from desk.parts import parts
from desk.redirects import leave_for
from desk.sessions.cookie import COOKIE
from desk.sessions.rules import Session
from desk.sessions.store import SessionStore
from shared.keys import Unreadable

View = TypeVar("View", bound=Callable[..., Any])
SAFE = ("GET", "HEAD", "OPTIONS")
STATIC = "static"


def public(view: View) -> View:
    """Marks a view that anybody may see."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def any_house(view: View) -> View:
    """Marks a view for which nobody needs to choose one of several houses first."""
    view.is_for_any_house = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    app.before_request(admit)


def session() -> Session:
    """Of whoever asks for this page."""
    found: Session = g.session
    return found


def may(action: str) -> bool:
    """Whether the service lets this person do it, by what the desk knows: what it refuses is not offered."""
    return session().has(*GRANTS[action])


def form_token() -> FormToken:
    """Of the form that was sent."""
    found: FormToken = g.form_token
    return found


def admit() -> Response | None:
    """Let a request through, or send whoever makes it to sign in or to choose a house. Raises Forbidden, BadRequest."""
    if request.endpoint is None or request.endpoint == STATIC or _is_marked("is_public"):
        return None
    g.session = session_of_cookie()
    g.form_token = token = None if request.method in SAFE else sent_token()
    if g.session is None:
        return send_to("/sign-in")
    if token and token.person != g.session.person.id:
        keep_draft(token)
        raise Forbidden
    if len(g.session.person.capacities) > 1 and not g.session.capacity and not _is_marked("is_for_any_house"):
        return send_to("/house")
    return None


def send_to(path: str) -> Response:
    """Away from the page, and back to it afterwards. What was sent meanwhile is a draft that the page opens with."""
    token: FormToken | None = g.form_token
    if token:
        keep_draft(token)
    page = token.page if token else request.full_path.rstrip("?")
    return leave_for(f"{path}?{urlencode({'next': page})}")


def session_of_cookie() -> Session | None:
    """None without a session that lasts."""
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    with parts().database.transaction() as connection:
        sessions = SessionStore(connection, parts().settings.session_key)
        try:
            found = sessions.find(cookie)
        except Unreadable:
            return None
        if found:
            sessions.use(found)
    return found


def sent_token() -> FormToken:
    """Raises BadRequest without a token that the desk made, Forbidden if another site has sent the form."""
    own = origin_of(parts().settings.url)
    if request.headers.get("Origin", own) != own:
        raise Forbidden
    sent = next((value for name, value in request.form.items() if name.endswith(FIELD)), "")
    try:
        return FormToken.open(sent, parts().settings.session_key)
    except Unreadable:
        raise BadRequest from None


def keep_draft(token: FormToken) -> bool:
    """Keep what was sent for its person. False if it is not kept: it is too large, or was done with before."""
    if not token.form:
        return True
    with parts().database.transaction() as connection:
        return DraftStore(connection, parts().settings.session_key).save(token, request.form)


def _is_marked(mark: str) -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), mark, False)
