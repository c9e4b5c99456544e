"""Options of connections, so that both ends detect a lost connection."""

from typing import Any

SERVERS_END = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
}
"""Settings of the server: by default, it keeps the locks of a lost or hanging client for hours."""
PLANNED = {"jit": "off", "random_page_cost": "1.1"}
"""No JIT compilation: it would take longer than the statements themselves. Pages of a solid-state disk cost the same in
any order, so an index is used also of a table that was small when the statement was planned."""
LINK: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": " ".join(f"-c {name}={value}" for name, value in (SERVERS_END | PLANNED).items()),
}
"""Both ends detect a lost connection within 30 seconds. keepalives in seconds, tcp_user_timeout in milliseconds."""
HOLDERS_LINK = LINK | {"options": f"{LINK['options']} -c idle_session_timeout=15s"}
"""For holders of advisory locks, which run a query every second: a hanging holder loses its locks after 15 seconds."""
