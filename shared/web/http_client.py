"""One request to another server, bounded in time and size, while other greenlets go on."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

import eventlet


class NoAnswer(Exception):
    """The server can't be reached, is not done in time, or answers with more than fits."""


class Reply(NamedTuple):
    """The answer of a server; a redirection is one, and is not followed."""

    status: int
    body: bytes
    media_type: str | None


def ask(
    url: str,
    seconds: float,
    *,
    most_bytes: int,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Reply:
    """The answer to a request. seconds: for all of it. Raises NoAnswer."""
    address = urlsplit(url)
    connect = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = connect(address.netloc, timeout=seconds)
    path = f"{address.path or '/'}{address.query and '?'}{address.query}"
    try:
        with eventlet.Timeout(seconds):
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            content = response.read(most_bytes + 1)
    except (OSError, HTTPException, eventlet.Timeout) as error:
        raise NoAnswer from error
    finally:
        connection.close()
    if len(content) > most_bytes:
        raise NoAnswer
    return Reply(response.status, content, response.getheader("Content-Type"))
