"""A stand-in for the desk, at the address to which the provider sends people and says who signed out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from urllib.parse import parse_qs, urlsplit


@contextmanager
def desk(url: str) -> Iterator["Queue[str]"]:
    """Gives the logout tokens that it is sent; answers a browser with an empty page."""
    told: Queue[str] = Queue()

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"<title>Desk</title>")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.put(parse_qs(body)["logout_token"][0] if self.path == "/back-channel-logout" else self.path)
            self._answer(b"")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", urlsplit(url).port or 0), Desk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield told
        server.shutdown()
