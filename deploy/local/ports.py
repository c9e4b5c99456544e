"""The ports of the local stack: one for each thing that listens, on 127.0.0.1."""

import os
from collections.abc import Mapping
from types import MappingProxyType

from shared.testing.waiting import free_ports, is_free

Ports = Mapping[str, int]

DEFAULTS: Ports = MappingProxyType(
    {
        "broker": 5680,
        "broker-metrics": 15680,
        "broker-distribution": 25680,
        "broker-epmd": 4380,
        "postgres": 5440,
        "desk": 8100,
        "identity": 8110,
        "intake": 8101,
        "weighing": 8102,
        "meetings": 8103,
        "aftercare": 8104,
        "reporting": 8105,
        "intake-relay": 8111,
        "weighing-relay": 8112,
        "meetings-relay": 8113,
        "aftercare-relay": 8114,
        "reporting-relay": 8115,
    }
)

SINGLE = ("broker", "postgres", "desk", "identity")
"""What runs once, however many replicas each worker and relay has."""


class PortsError(Exception):
    """A port is taken or is no number; the message says which, who wants it and what to do."""


def configured(usual: Ports = DEFAULTS) -> Ports:
    """The usual ports, each overridden by its own environment variable."""
    return {name: _configured(name, port) for name, port in usual.items()}


def free(replicas: int = 1) -> Ports:
    """Ports that nobody uses now, for so many of each worker and relay."""
    processes = [name for name in DEFAULTS if not name.startswith(SINGLE)]
    names = [*DEFAULTS, *(replica_of(name, number) for name in processes for number in range(2, replicas + 1))]
    return dict(zip(names, free_ports(len(names)), strict=True))


def replica_of(process: str, number: int) -> str:
    """The name of the n-th process of a kind, counted from 1."""
    return f"{process}.{number}" if number > 1 else process


def variable_of(name: str) -> str:
    return f"KETENHUIS_{name.upper().replace('-', '_')}_PORT"


def require_free(ports: Ports) -> None:
    """Raises PortsError that names every port that is taken."""
    taken = [_taken(name, port) for name, port in ports.items() if not is_free(port)]
    if taken:
        raise PortsError("\n".join(taken))


def _configured(name: str, default: int) -> int:
    text = os.environ.get(variable_of(name), str(default))
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise PortsError(f"{variable_of(name)} is {text!r}; it must be the number of a port, 1 to 65535.")


def _taken(name: str, port: int) -> str:
    remedy = f"Stop what listens there, or choose another port: {variable_of(name)}=... make up"
    return f"Port {port}, which {name} wants, is taken by another program. {remedy}"
