"""Aftercare's own tables.

One method per query, with its name; domain objects in and out, rows with nested rows for what people read.
"""

from pathlib import Path

from services.aftercare.storage.conversations import ConversationStore
from services.aftercare.storage.detentions import DetentionStore
from services.aftercare.storage.funds import FundStore
from services.aftercare.storage.outflows import OutflowStore
from services.aftercare.storage.plans import PlanStore
from services.aftercare.storage.stays import StayStore
from services.aftercare.storage.trajectories import TrajectoryStore
from services.aftercare.storage.watch import WatchStore
from shared.postgres import load_queries

DIRECTORY = Path(__file__).parent
SUBJECTS = ("detentions", "plans", "conversations", "watch", "outflows", "trajectories", "stays", "funds")


class AftercareStore(
    DetentionStore, PlanStore, ConversationStore, WatchStore, OutflowStore, TrajectoryStore, StayStore, FundStore
):
    """All tables of the service."""

    queries = load_queries(*(DIRECTORY / f"{subject}.sql" for subject in SUBJECTS))
    written_later = (
        "add_detention",
        "add_release_date",
        "open_table_case",
        "close_table_case",
        "raise_preparation",
        "see_release",
    )
