"""Sends a browser to another page of the desk, and never to another site because an address says so."""

from urllib.parse import urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

HOME = "/"


def page_or_home(path: str) -> str:
    """The path if it is one of the desk's own, else the first page. A browser takes `//x`, `/\\x` for another site."""
    parts = urlsplit(path)
    is_own = path.startswith("/") and path[1:2] not in ("/", "\\") and not (parts.scheme or parts.netloc)
    return path if is_own and path.isprintable() and "\\" not in path else HOME


def leave_for(path: str) -> Response:
    """The browser opens this page, also when htmx asked for a part of one."""
    if request.headers.get("HX-Request") == "true":
        return Response(status=401, headers={"HX-Redirect": path})
    return redirect(path, 303)
