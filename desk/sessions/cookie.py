"""The cookie that opens a session: opaque, for this host and its pages only, and gone with the browser."""

from werkzeug.wrappers import Response

COOKIE = "__Host-session"


def set_cookie(response: Response, value: str) -> None:
    response.set_cookie(COOKIE, value, path="/", secure=True, httponly=True, samesite="Lax")


def delete_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
