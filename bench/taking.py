"""What intake costs for each message it takes: `python -m bench.taking [--profile]`.

One process and its database, without a broker, in batches as they come when there is much to do.
"""

import cProfile
import pstats
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import psutil
import psycopg

from bench.private_cluster import private_databases
from bench.work import Work
from deploy.local.installation import ROOT
from replay.house import load_house
from services.intake.accepting import ACCEPTS
from services.intake.partners.reader import PartnerReader
from services.intake.profile import load_houses
from services.intake.service import PUBLISHES
from services.intake.unit import Unit
from services.intake.vault import Vault
from shared.collecting import collect_seldom
from shared.messaging import Delivery, Publishing
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import BATCH_SIZE
from shared.messaging.sealing import Sealer
from shared.messaging.stint import Stint
from shared.messaging.taking import Taker
from shared.postgres.lasting import LastingConnection
from shared.testing.keys import KEYS

HOUSES = ROOT / "houses"
SEALER = Sealer(KEYS)
WARM_UP, MESSAGES = 5 * BATCH_SIZE, 15 * BATCH_SIZE
LINES = 30


def main(*, profiled: bool) -> None:
    house = load_house(HOUSES / "hollands-midden.toml")
    tasks = Work(house, seed=1).tasks(WARM_UP + MESSAGES)
    deliveries = [Delivery(queue=f"intake.from.{task.user}", body=task.body, user_id=task.user) for task in tasks]
    with (
        TemporaryDirectory() as directory,
        private_databases(Path(directory)) as databases,
        databases.migrated("intake") as database,
        LastingConnection.connect(database.url, autocommit=True) as connection,
    ):
        take_all(connection, deliveries[:WARM_UP])
        collect_seldom()
        backend = psutil.Process(connection.info.backend_pid)
        before = time.process_time(), sum(backend.cpu_times()[:2])
        profile = cProfile.Profile()
        if profiled:
            profile.enable()
        take_all(connection, deliveries[WARM_UP:])
        profile.disable()
        python, postgres = time.process_time() - before[0], sum(backend.cpu_times()[:2]) - before[1]
    sys.stdout.write(
        f"{1000 * python / MESSAGES:.3f} ms of Python and {1000 * postgres / MESSAGES:.3f} ms of PostgreSQL a message\n"
    )
    if profiled:
        pstats.Stats(profile).sort_stats("tottime").print_stats(LINES)


def take_all(connection: psycopg.Connection[Any], deliveries: list[Delivery]) -> None:
    """Take them in batches, as the service does."""
    taker = Taker(PartnerReader(ACCEPTS, load_houses(HOUSES), SEALER), SEALER, unit_on)
    taken = 0
    while taken < len(deliveries):
        stint = Stint()
        taker.take(connection, deliveries[taken : taken + BATCH_SIZE], Brake(), stint)
        taken += stint.taken


def unit_on(connection: psycopg.Connection[Any], correlation_id: UUID) -> Unit:
    """One transaction of intake."""
    transaction: dict[str, Any] = {"connection": connection, "correlation_id": correlation_id, "master_key": KEYS}
    return Unit(**_means(), now=lambda: datetime.now(UTC), **transaction)


@cache
def _means() -> dict[str, Any]:
    """What all transactions share."""
    publishing = Publishing("intake", PUBLISHES, SEALER)
    return {"vault": Vault(KEYS, KEYS), "houses": load_houses(HOUSES), "publishing": publishing}


if __name__ == "__main__":
    main(profiled="--profile" in sys.argv[1:])
