"""PostgreSQL for eventlet and plain processes: pool, named queries, stores, migrations."""

from shared.postgres.queries import as_row, load_queries
from shared.postgres.store import Row, Statements, Store

__all__ = ["Row", "Statements", "Store", "as_row", "load_queries"]
