"""What a service has announced and its relay has not brought away yet."""

import json
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from shared.messaging.sealing import Sealer


def outbox_of(connection: Connection[Any], sealer: Sealer) -> list[dict[str, Any]]:
    """Every row in the order in which it was announced, its body opened and parsed under `event`."""
    rows = connection.cursor(row_factory=dict_row).execute("SELECT * FROM outbox ORDER BY position").fetchall()
    return [row | {"event": json.loads(sealer.open(row["body"], "outbox"))} for row in rows]
