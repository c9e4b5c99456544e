"""PostgreSQL for eventlet and plain processes: pool, named queries, migrations."""

from shared.postgres.queries import Store, load_queries

__all__ = ["Store", "load_queries"]
