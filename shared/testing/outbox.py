"""The outbox of a service: announced events that the relay has not published yet."""

import json
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from shared.messaging.sealing import Sealer


def outbox_of(connection: Connection[Any], sealer: Sealer) -> list[dict[str, Any]]:
    """The rows in the order of announcement. The key `event` is the opened and parsed body."""
    rows = connection.cursor(row_factory=dict_row).execute("SELECT * FROM outbox ORDER BY position").fetchall()
    return [row | {"event": json.loads(sealer.open(row["body"], "outbox"))} for row in rows]
