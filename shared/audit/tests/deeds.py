"""What tests put into the log."""

from typing import Any
from uuid import uuid4

from psycopg import Connection

from shared.audit.rules import Concerned, Deed
from shared.audit.store import AuditStore

DEED = Deed(
    action="close a table case",
    operation="close_table_case",
    actor="p-17",
    actor_name="A. Jansen",
    organisation="test-house",
    origin="desk",
    house="test-house",
    correlation_id=uuid4(),
)


def write(connection: Connection[Any], *ids: str, status: int = 201) -> None:
    """Add an entry for each of these table cases, in one transaction."""
    AuditStore(connection).add(DEED, [Concerned("table-cases", id, uuid4()) for id in ids], status)
