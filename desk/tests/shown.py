"""A desk of the tests in a real browser, which has the session of whoever is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from werkzeug.serving import make_server

from desk.sessions.cookie import COOKIE
from desk.tests.given import Desk
from shared.testing.waiting import free_ports


@contextmanager
def shown(desk: Desk) -> Iterator[str]:
    """The desk's address. Chromium keeps no `__Host-` cookie of an address without TLS, so it is put in here."""
    session = desk.browser.get_cookie(COOKIE)
    assert session, "Nobody is signed in."

    def signed_in(environ: dict[str, Any], start_response: Any) -> Any:
        environ["HTTP_COOKIE"] = f"{COOKIE}={session.value}"
        if "HTTP_ORIGIN" in environ:
            environ["HTTP_ORIGIN"] = "http://localhost"
        return desk.app(environ, start_response)

    [port] = free_ports(1)
    server = make_server("127.0.0.1", port, signed_in, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
