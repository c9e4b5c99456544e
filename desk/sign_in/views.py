"""Signing in and out, with the provider."""

from collections.abc import Iterable

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from desk.access import any_house, public, session
from desk.attempts import WINDOW_SECONDS
from desk.metrics import SESSIONS_ENDED, SIGN_INS
from desk.parts import parts
from desk.provider import ProviderDown, SignInFailed
from desk.provider.client import SIGNED_IN, SIGNED_OUT, Issued
from desk.redirects import page_or_home
from desk.sessions.cookie import COOKIE, delete_cookie, set_cookie
from desk.sessions.rules import Tokens
from desk.sessions.store import SessionStore
from desk.sign_in import pending
from shared.observability.logs import get_logger

blueprint = Blueprint("sign_in", __name__, template_folder="templates")


@blueprint.get("/sign-in")
@public
def begin() -> Response:
    """To the provider, and from there back to the page that was asked for."""
    _check_attempts()
    address, begun = parts().provider.begin(page_or_home(request.args.get("next", "")))
    response = redirect(address, 303)
    pending.keep(begun, response, parts().settings.session_key)
    return response


@blueprint.get(SIGNED_IN)
@public
def finish() -> Response:
    """Back from the provider: a new session, whatever cookie the browser has."""
    _check_attempts()
    state = request.args.get("state", "")
    begun = pending.kept(state, parts().settings.session_key)
    try:
        issued = parts().provider.finish(request.args, begun)
    except SignInFailed as error:
        response = _failed(error)
    else:
        SIGN_INS.labels("signed_in").inc()
        response = redirect(begun.page if begun else "/", 303)
        set_cookie(response, _new_session(issued))
    pending.forget(state, response)
    return response


@blueprint.post("/sign-out")
@any_house
def sign_out() -> Response:
    tokens = session().tokens
    with parts().database.transaction() as connection:
        SessionStore(connection, parts().settings.session_key).end(session())
    SESSIONS_ENDED.labels("signed_out").inc()
    return leave([tokens])


@blueprint.post("/sign-out-everywhere")
@any_house
def sign_out_everywhere() -> Response:
    """All sessions of the person, in whichever browser."""
    with parts().database.transaction() as connection:
        ended = SessionStore(connection, parts().settings.session_key).end_of_person(session())
    SESSIONS_ENDED.labels("signed_out_everywhere").inc(len(ended))
    return leave(ended)


@blueprint.get(SIGNED_OUT)
@public
def signed_out() -> str:
    return render_template("signed_out.html")


@blueprint.post("/back-channel-logout")
@public
def back_channel_logout() -> Response:
    """The provider says that it has ended a session, or all of a person."""
    try:
        told = parts().provider.read_logout(request.form.get("logout_token", ""))
    except SignInFailed as error:
        get_logger().warning("a logout token was refused", error=error.reason)
        return Response(status=400)
    with parts().database.transaction() as connection:
        count = SessionStore(connection, parts().settings.session_key).end_by_provider(*told)
    SESSIONS_ENDED.labels("by_provider").inc(count)
    return Response(status=200)


def leave(ended: Iterable[Tokens]) -> Response:
    """The end of a session; the browser goes on to sign out at the provider too. ended: the tokens to revoke."""
    provider = parts().provider
    all(map(provider.revoke, ended))
    try:
        address = provider.sign_out_address()
    except ProviderDown:
        address = None
    response = redirect(address or SIGNED_OUT, 303)
    delete_cookie(response)
    return response


def _new_session(issued: Issued) -> str:
    """The cookie of a new session. The session that this browser had before ends."""
    with parts().database.transaction() as connection:
        sessions = SessionStore(connection, parts().settings.session_key)
        sessions.end_of_cookie(request.cookies.get(COOKIE, ""))
        return sessions.begin(issued.person, issued.tokens, issued.provider_session).cookie


def _failed(error: SignInFailed) -> Response:
    SIGN_INS.labels(error.reason).inc()
    get_logger().info("sign-in failed", error=error.reason)
    return make_response(render_template("sign_in_failed.html"), 400)


def _check_attempts() -> None:
    """Raises TooManyRequests."""
    if not parts().attempts.allow(request.remote_addr or ""):
        raise TooManyRequests(retry_after=int(WINDOW_SECONDS))
