"""PostgreSQL for eventlet and plain processes: pool, named queries, migrations."""

from shared.postgres.queries import Store, as_row, load_queries

__all__ = ["Store", "as_row", "load_queries"]
