"""What happens to a platform in operation: a newer version, a clock that jumps, a bug and what it left parked."""

import os
import subprocess
import sys
import time
from random import Random

from deploy.local.installation import ROOT
from deploy.local.migrations import migrate
from tests.fault.arena import Arena
from tests.fault.faults.registry import BLOW_SECONDS, fault, see

VERSION_METRIC = """

from prometheus_client import Gauge

Gauge("weighing_newer_version_{number}", "Only the newer version has this").set(1)
"""
QUIET_SECONDS = 2.0
BUG = """
CREATE FUNCTION fault_bug() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'a bug' USING ERRCODE = 'XX000'; END$$;
CREATE TRIGGER fault_bug BEFORE INSERT ON referrals
FOR EACH ROW WHEN (NEW.referral_id::text < '4') EXECUTE FUNCTION fault_bug();
"""


@fault
def rolling_restart_to_a_newer_version(arena: Arena, random: Random) -> None:
    """A migration first, while the older version runs; then process by process."""
    newer, number = arena.newer_version()
    migration = newer / f"services/weighing/migrations/1{number:03}.newer.sql"
    migration.write_text(f"ALTER TABLE referrals ADD COLUMN newer_{number} integer NOT NULL DEFAULT {number};\n")
    with (newer / "services/weighing/metrics.py").open("a") as metrics:
        metrics.write(VERSION_METRIC.format(number=number))
    migrate(["weighing"], arena.stack.installation.settings, newer)
    arena.run_version(newer)
    for process in [*arena.services, *arena.relays]:
        arena.restart(process)
    assert arena.metric("weighing", f"weighing_newer_version_{number}") == 1


@fault
def clock_jumped(arena: Arena, random: Random) -> None:
    """The clock of workers, relays and databases goes ahead, then back, then is right again."""
    try:
        for hours in (2, -2):
            arena.set_clock(hours)
            see(lambda hours=hours: round(_hours_ahead(arena)) == hours, "the databases' clock to jump")  # type: ignore[misc]
            time.sleep(BLOW_SECONDS / 2)
    finally:
        arena.set_clock(0)
    see(lambda: round(_hours_ahead(arena)) == 0, "the databases' clock to be right")


@fault
def bug_mended_and_replayed_from_parking(arena: Arena, random: Random) -> None:
    """A bug has messages parked; once it is gone, an operator has them read again."""
    with arena.superuser("weighing") as administrator:
        try:
            administrator.execute(BUG)
            see(lambda: bool(_parked(arena)), "messages to be parked")
        finally:
            administrator.execute("DROP FUNCTION IF EXISTS fault_bug CASCADE")
    last_seen = time.monotonic()
    while time.monotonic() - last_seen < QUIET_SECONDS:  # a batch that met the bug may be about to commit
        for parked in _parked(arena):
            _replay(arena, parked)
            last_seen = time.monotonic()
        time.sleep(0.2)


def _hours_ahead(arena: Arena) -> float:
    with arena.superuser() as administrator:
        row = administrator.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    assert row
    return (float(row[0]) - time.time()) / 3600


def _parked(arena: Arena) -> list[int]:
    """What weighing has parked that is its own fault."""
    with arena.superuser("weighing") as administrator:
        rows = administrator.execute("SELECT id FROM parked WHERE kind = 'unexpected' ORDER BY id").fetchall()
    return [id for (id,) in rows]


def _replay(arena: Arena, id: int) -> None:
    settings = arena.stack.installation.settings.of_worker("weighing")
    by = ("--who", "operator", "--why", "the bug is mended")
    command = [sys.executable, "-m", "shared.messaging.parking", "weighing", "replay", str(id), *by]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True)
