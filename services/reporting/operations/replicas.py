"""Which processes stand behind the name of a target: each address of the name is one of its replicas."""

import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from services.reporting.settings import Target

PORTS = {"http": 80, "https": 443}


class Process(NamedTuple):
    """A process to ask. base: the URL without its path."""

    name: str
    address: str
    base: str
    path: str


def processes_of(target: Target) -> list[Process]:
    """The processes of a target; the name itself if it has no address now, or must be asked by the name (https)."""
    parts = urlsplit(target.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    port = parts.port or PORTS[parts.scheme]
    hosts = _addresses(parts.hostname or "", port) if parts.scheme == "http" else []
    addresses = [f"{host}:{port}" for host in hosts] or [parts.netloc]
    return [Process(target.name, address, f"{parts.scheme}://{address}", path) for address in addresses]


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted({f"[{place[0]}]" if family == socket.AF_INET6 else str(place[0]) for family, *_, place in found})
