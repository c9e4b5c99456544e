"""A column that looks like a text that a person writes holds a reference, an id of a text, or is known to be a code."""

from importlib import import_module

import psycopg
import pytest

from docs.declared import SERVICES
from shared.testing.databases import Databases

WORDS = (
    "because",
    "reason",
    "remark",
    "note",
    "motive",
    "outcome",
    "agreement",
    "concern",
    "need$",
    "what$",
    "why$",
    "text$",
)
CODES = {
    *("parked.reason", "parked_count.reason", "postponed.reason", "refusals_before.reason", "parking_log.what"),
    "parking_log.why",  # why an officer did something to a message, which is about no case
    *("feedback.reason", "feedback.outcome", "feedback_taken_back.outcome", "refused_replays.reason"),
    *("decisions.reason", "follow_ups.what"),
    *("sessions.reason", "session_cases.again_because", "table_cases.outcome", "superseded_closings.outcome"),
    "detention_withdrawals.reason",
    *("tabling.reason", "table_case.outcome", "platform_problem.concern"),
}
COLUMNS = """
SELECT table_name || '.' || column_name FROM information_schema.columns
WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb') AND column_name ~ %s
"""


SEALED_FROM_THE_START = {"superseded_bij_answers.because", "trajectory_explanations.none_because"}


def sealed_columns(service: str) -> set[str]:
    if service in ("intake", "reporting"):
        return set()
    tables = import_module(f"services.{service}.forgetting").TEXT_COLUMNS
    return {f"{table.table}.{column}" for table in tables for column in table.columns}


@pytest.mark.parametrize("service", SERVICES)
def test_no_column_holds_what_people_write_in_the_clear(service: str, databases: Databases) -> None:
    with databases.migrated(service) as database, psycopg.connect(database.owner_url) as connection:
        found = {column for (column,) in connection.execute(COLUMNS, ["|".join(WORDS)]).fetchall()}
    assert found - sealed_columns(service) - SEALED_FROM_THE_START - CODES == set()
