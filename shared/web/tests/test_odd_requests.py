"""Requests that a proxy before the service may read in another way than the service does."""

import json
import re
import socket
from http.client import HTTPResponse

import pytest

from shared.web.tests.conftest import Running

PLAN = "/v1/plans/00000000-0000-0000-0000-000000000001"
BODY = json.dumps({"caseHolder": "ggd", "agreements": []})
SIZE = f"{len(BODY):x}"


def status_of(running: Running, request: str) -> str:
    """The first status that comes back; nothing if none comes within two seconds."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=2) as client:
        client.sendall(request.encode())
        return client.recv(12).decode().removeprefix("HTTP/1.1 ")


def make_plan(running: Running, headers: str, body: str) -> str:
    head = f"POST {PLAN} HTTP/1.1\r\nAuthorization: Bearer director\r\nContent-Type: application/json\r\n"
    return status_of(running, f"{head}{headers}\r\n\r\n{body}")


@pytest.mark.parametrize(
    "headers",
    [
        f"Content-Length: {len(BODY)}\r\nContent-Length: {len(BODY) + 1}",
        f"Content-Length: {len(BODY) + 1}\r\nContent-Length: {len(BODY)}",
        f"Content-Length: +{len(BODY)}",
        f"Content-Length: {len(BODY)}, {len(BODY)}",
        f"Content-Length: {len(BODY) // 10}_{len(BODY) % 10}",
        "Content-Length: -1",
        f"Content-Length: {len(BODY)}\r\nTransfer-Encoding: chunked",
        f"Content-Length: {len(BODY)}\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
    ],
)
def test_a_body_of_no_clear_length_is_refused(example: Running, headers: str) -> None:
    assert make_plan(example, headers, BODY)[-3:] == "400"


def test_the_same_length_twice_is_clear(example: Running) -> None:
    assert make_plan(example, f"Content-Length: {len(BODY)}\r\nContent-Length: {len(BODY)}", BODY) == "201"


@pytest.mark.parametrize(
    "body",
    [
        f"{SIZE}\r\n{BODY}\r\n0\r\n\r\n",
        f"{SIZE.upper()} ;a=b\r\n{BODY}\r\n0\r\nX-Sum: 1\r\n\r\n",
        f"1\r\n{BODY[0]}\r\n{len(BODY) - 1:x}\r\n{BODY[1:]}\r\n000\r\n\r\n",
    ],
)
def test_right_chunks_are_read(example: Running, body: str) -> None:
    assert make_plan(example, "Transfer-Encoding: chunked", body) == "201"


@pytest.mark.parametrize(
    "body",
    [
        f"-{SIZE}\r\n{BODY}\r\n0\r\n\r\n",
        "-1\r\n",
        f"+{SIZE}\r\n{BODY}\r\n0\r\n\r\n",
        f"0x{SIZE}\r\n{BODY}\r\n0\r\n\r\n",
        f"{SIZE}\n{BODY}\r\n0\r\n\r\n",
        f"{SIZE}\r\n{BODY}xx0\r\n\r\n",
        f"{SIZE};{'a' * 2000}",
        f"{'0' * 2000}",
        "\r\n",
    ],
    ids=["negative", "negative and nothing more", "plus", "0x", "LF", "too short", "long extension", "long", "empty"],
)
def test_wrong_chunks_are_refused_at_once(example: Running, body: str) -> None:
    assert make_plan(example, "Transfer-Encoding: chunked", body) == "400"


@pytest.mark.parametrize(
    ("body", "bound"),
    [("1\r\na\r\n" * 10_001, "10,000 chunks"), ("0\r\n" + "X-A: b\r\n" * 101, "100 trailers")],
    ids=["chunks", "trailers"],
)
def test_a_body_of_too_many_parts_is_told_the_bound(example: Running, body: str, bound: str) -> None:
    head = f"POST {PLAN} HTTP/1.1\r\nAuthorization: Bearer director\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", example.port), timeout=5) as client:
        client.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n{body}".encode())
        response = HTTPResponse(client)
        response.begin()
        assert (response.status, json.loads(response.read())["detail"]) == (400, f"The body has over {bound}.")


def test_as_many_chunks_as_may_be_are_read(example: Running) -> None:
    chunks = "".join(f"1\r\n{letter}\r\n" for letter in " " * (9_999 - len(BODY)) + BODY)
    assert make_plan(example, "Transfer-Encoding: chunked", f"{chunks}0\r\n{'X-A: b' * 100}\r\n\r\n") == "201"


def test_a_wrong_body_that_nobody_reads_brings_no_line_of_the_request_into_the_log(example: Running) -> None:
    request = "POST /v1/nothing?of=Jansen HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n"
    assert status_of(example, request) == "404"
    example.ask("GET", "/health/live")
    assert "Jansen" not in example.log.read_text()


@pytest.mark.parametrize(
    "line",
    ["no colon", "From here", " folded: header", "Name : value", ": value", "X-A: a\rIdempotency-Key: b", "X-A: \0"],
)
@pytest.mark.parametrize("place", ["first", "between", "last"])
def test_a_line_that_is_no_header_is_refused(example: Running, line: str, place: str) -> None:
    """Python would take the lines after it for no headers."""
    headers = ["Host: here", "Authorization: Bearer director", f"Content-Length: {len(BODY)}"]
    headers.insert({"first": 0, "between": 1, "last": 3}[place], line)
    request = "\r\n".join([f"POST {PLAN} HTTP/1.1", *headers, "", BODY])
    assert status_of(example, request)[-3:] == "400"


@pytest.mark.parametrize("path", ["//metrics", "///metrics", "/%2Fmetrics", "metrics", "//health/../metrics"])
def test_a_path_is_taken_as_it_is_written(example: Running, path: str) -> None:
    assert status_of(example, f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n") == "404"


@pytest.mark.parametrize(
    ("request_line", "header", "status", "bound"),
    [
        (f"GET /{'a' * 8192} HTTP/1.1", "", 414, "8 KB"),
        ("GET /health/live HTTP/1.1", f"X-A: {'a' * 8192}\r\n", 431, "8 KB"),
        ("GET /health/live HTTP/1.1", f"X-A: {'a' * 7000}\r\n" * 10, 431, "64 KB"),
        ("GET /health/live HTTP/1.1", "X-A: a\r\n" * 100, 431, "99 headers"),
        ("GET /health/live HTTP/1.1", "X-A: a\r\n" * 99, 200, None),
        ("GET /health/live HTTP/3.0", "", 505, None),
        ("GET /of Jansen HTTP/1.1", "", 400, "not HTTP/1.1"),
    ],
    ids=["line", "one header", "all headers", "number of headers", "as many as may be", "version", "no request"],
)
def test_a_request_over_a_bound_is_told_the_bound(
    example: Running, request_line: str, header: str, status: int, bound: str | None
) -> None:
    with socket.create_connection(("127.0.0.1", example.port), timeout=2) as client:
        client.sendall(f"{request_line}\r\n{header}\r\n".encode())
        response = HTTPResponse(client)
        response.begin()
        answer = json.loads(response.read())
    assert response.status == status
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert bound is None or bound in answer["detail"]
    assert "Jansen" not in str(answer)


def test_a_connection_goes_on_after_a_body_in_chunks_that_nobody_reads(example: Running) -> None:
    chunked = "POST /v1/nothing HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    with socket.create_connection(("127.0.0.1", example.port), timeout=2) as client:
        client.sendall(f"{chunked}GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: client.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", received) == [b"404", b"200"]
