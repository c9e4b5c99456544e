"""Whatever the service's role tries in its database, a recorded fact stays as it was recorded."""

from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import CheckViolation

from services.aftercare.tests.given import Detainee
from shared.testing.service import RunningService

STATE = {"detentions", "conversations", "trajectories", "stays"}
"""Tables of what stands: each step changes a row. Its facts are in tables of their own."""
FACTS = (
    "SELECT table_name FROM information_schema.columns WHERE column_name = 'recorded_at' AND table_schema = 'public'"
)
GUARDED = """
SELECT event_object_table, array_agg(event_manipulation::text) FROM information_schema.triggers
WHERE action_statement LIKE '%stay_as_recorded%'
GROUP BY 1
"""


def test_no_recorded_fact_changes_and_nothing_that_stands_is_deleted(aftercare: RunningService) -> None:
    guarded = {table: set(done) for table, done in aftercare.as_owner.execute(GUARDED).fetchall()}
    facts = {table for (table,) in aftercare.as_owner.execute(FACTS).fetchall()} - STATE
    assert {"plans", "refusals", "release_dates", "conversation_reports", "stay_steps"} < facts
    assert {table: guarded.get(table) for table in facts} == {key: {"DELETE", "UPDATE"} for key in facts}
    assert {table: guarded.get(table) for table in STATE} == {key: {"DELETE"} for key in STATE}


@pytest.mark.parametrize(
    "attempt",
    [
        "DELETE FROM conversations",
        "DELETE FROM conversation_reports",
        "UPDATE conversation_reports SET held_on = '2015-05-01'",
        "UPDATE conversation_reports SET recorded_by = 'somebody else'",
        "UPDATE conversation_reports SET withdrawn_at = now(), outcome = 'anders'",
        "DELETE FROM detentions",
    ],
)
def test_what_was_said_of_a_conversation_can_not_be_written_anew(
    attempt: LiteralString, detainee: Detainee, aftercare: RunningService
) -> None:
    report = {"heldOn": "2015-05-12", "offered": False, "outcome": "wil niet"}
    assert aftercare.post(f"{detainee.detained()}/conversations", {"report": report}).status == 201
    with psycopg.connect(aftercare.database.url) as connection, pytest.raises(CheckViolation, match="stays"):
        connection.execute(attempt)
