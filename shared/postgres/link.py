"""How a connection notices that its other end is gone."""

from typing import Any

SERVERS_END = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
}
"""What the server is asked to do: else it keeps the locks of a client that was cut off, or stands still, for hours."""
UNCOMPILED = {"jit": "off"}
"""Statements here run for less time than it takes to compile them, whatever the planner expects of them."""
LINK: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": " ".join(f"-c {name}={value}" for name, value in (SERVERS_END | UNCOMPILED).items()),
}
"""A link that was cut without a word is noticed at both ends within half a minute (times in s and ms)."""
HOLDERS_LINK = LINK | {"options": f"{LINK['options']} -c idle_session_timeout=15s"}
"""For who holds locks and asks something every second: while it stands still, it would keep them otherwise."""
