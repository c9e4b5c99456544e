"""A sign-in that has begun, kept in the browser, sealed: nothing is stored for somebody who does not come back.

A cookie for each, so that several tabs can sign in at the same time.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

import orjson
from flask import request
from werkzeug.wrappers import Response

from desk.provider import Pending
from shared.keys import Keys, Unreadable

PREFIX = "__Host-sign-in-"
LASTS_SECONDS = 600
MOST = 5
CONTEXT = b"sign-in"


def keep(pending: Pending, response: Response, keys: Keys) -> None:
    """For the time that a sign-in may take. Of many that were begun, those of before are dropped."""
    begun = [name for name in request.cookies if name.startswith(PREFIX)]
    for name in begun if len(begun) >= MOST else ():
        _delete(name, response)
    sealed = keys.seal(orjson.dumps([*pending, time.time() + LASTS_SECONDS]), CONTEXT)
    response.set_cookie(
        _name(pending.state),
        urlsafe_b64encode(sealed).decode(),
        max_age=LASTS_SECONDS,
        secure=True,
        httponly=True,
        samesite="Lax",
    )


def kept(state: str, keys: Keys) -> Pending | None:
    """The sign-in with this state, if this browser began it and it has not taken too long."""
    sealed = request.cookies.get(_name(state), "")
    try:
        *pending, ends_at = orjson.loads(keys.open(urlsafe_b64decode(sealed), CONTEXT))
    except (Unreadable, ValueError):
        return None
    return Pending(*pending) if time.time() < ends_at else None


def forget(state: str, response: Response) -> None:
    """An answer of the provider is taken once."""
    _delete(_name(state), response)


def _name(state: str) -> str:
    return PREFIX + sha256(state.encode()).hexdigest()[:16]


def _delete(name: str, response: Response) -> None:
    response.delete_cookie(name, secure=True, httponly=True, samesite="Lax")
