"""Aftercare's own tables.

One method per query, with its name; domain objects in and out, rows with nested rows for what people read.
"""

from pathlib import Path

from services.aftercare.storage.detentions import DetentionStore
from shared.postgres import load_queries

DIRECTORY = Path(__file__).parent


class AftercareStore(DetentionStore):
    """All tables of the service. Rows kept for later are written in the order of the files, and in each in its own."""

    queries = load_queries(DIRECTORY / "detentions.sql")
