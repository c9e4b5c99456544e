"""What the platform costs besides carrying: what a referral leaves on disk, and what processes use that wait.

`.venv/bin/python -m bench.upkeep`, in some two minutes, on a broker and databases of its own; puts its figures into
build/bench.json, which `make bench` does too.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from bench.contenders.platform import Platform
from bench.ground import Ground
from bench.running import Warm, warm
from bench.table import table
from bench.work import Work
from deploy.local.installation import ROOT

RESULTS = ROOT / "build" / "bench.json"
REFERRALS = 4_000
IDLE_SECONDS = 20.0
TABLE_SIZES = """
SELECT relname, pg_total_relation_size(pg_class.oid)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = 'public' AND relkind = 'r' AND relname <> ALL('{outbox,postponed,bench_seen}')
"""
"""Without what is there for a moment only, and without what the bench notes itself."""
KEPT_FOR_PARTNERS = "stream_messages"


@dataclass(frozen=True)
class Upkeep:
    """Bytes a referral leaves: in each database for good with its indexes, in the streams for STREAM_DAYS, in the WAL
    of all; those of the message that brought it; and CPU seconds a second of each process while nothing comes."""

    stored_bytes: Mapping[str, float]
    stream_bytes: float
    wal_bytes: float
    message_bytes: float
    idle_cpu: Mapping[str, float]


def measure(ground: Ground, referrals: int = REFERRALS, idle_seconds: float = IDLE_SECONDS) -> Upkeep:
    """What so many leave, on stores that hold some already."""
    with warm(ground, Platform(ground)) as running:
        running.run(referrals // 4)
        idle = _idle(running, idle_seconds)
        before = _sizes(ground)
        tasks = Work(ground.house, seed=2).tasks(referrals)
        wal_bytes = running.carry(tasks).wal_bytes
        after = _sizes(ground)
    stored: dict[str, float] = defaultdict(float)
    streams = 0.0
    for (service, name), size in after.items():
        grown = (size - before[service, name]) / referrals
        if name == KEPT_FOR_PARTNERS:
            streams += grown
        else:
            stored[service] += grown
    return Upkeep(dict(stored), streams, wal_bytes, mean(len(task.body) for task in tasks), idle)


def _idle(running: Warm, seconds: float) -> Mapping[str, float]:
    before = running.cpu()
    time.sleep(seconds)
    return {name: (used - before[name]) / seconds for name, used in running.cpu().items() if name != "driver"}


def _sizes(ground: Ground) -> dict[tuple[str, str], int]:
    """Bytes of each table with its indexes, by service and name."""
    sizes: dict[tuple[str, str], int] = {}
    for service in ground.services:
        with ground.superuser(service) as connection:
            connection.execute("VACUUM")
            sizes |= {(service, name): size for name, size in connection.execute(TABLE_SIZES)}
    return sizes


def told(upkeep: Upkeep) -> str:
    """For people."""
    besides = {"streams": upkeep.stream_bytes, "WAL": upkeep.wal_bytes, "its message": upkeep.message_bytes}
    return "\n".join(
        (
            "bytes that a referral leaves",
            table({"platform": {**upkeep.stored_bytes, **besides}}),
            "CPU seconds a second while nothing comes in",
            table({"platform": upkeep.idle_cpu}),
        )
    )


def main() -> None:
    with (
        TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory,
        Ground(Path(directory)) as ground,
    ):
        upkeep = measure(ground)
    sys.stdout.write(told(upkeep))
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**results, "upkeep": asdict(upkeep)}, indent=1))


if __name__ == "__main__":
    main()
