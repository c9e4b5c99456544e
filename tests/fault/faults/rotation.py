"""Every secret of the platform is replaced while it works."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

import requests

from deploy.local.installation import ROOT
from tests.fault.arena import Arena
from tests.fault.faults.registry import fault, see
from tests.local.logins import lets_in, logins

KEYS = ("MESSAGE_KEY", "MASTER_KEY", "INDEX_KEY")
IN_TWO_STEPS = ("PASSWORDS", "API_TOKENS")


@fault
def secrets_rotated(arena: Arena, random: Random) -> None:
    """Keys, passwords and tokens, and a partner's password: afterwards nothing accepts or needs the old ones.

    When nobody's password is right any more, the broker closes every connection.
    """
    partner = random.choice([user for user in arena.stack.installation.topology.users if user.startswith(arena.house)])
    old_logins = [*logins(arena.stack), arena.stack.amqp_url(partner)]
    old_token = arena.stack.token(arena.house, "reader")
    arena.rotate("begin", *KEYS, *IN_TWO_STEPS, partner)
    arena.roll_out(random, meanwhile=partial(arena.control, "close_all_connections", "--global", "fault test"))
    arena.rotate("switch", *KEYS)
    arena.roll_out(random)
    _leave_nothing_to_the_old_keys(arena)
    arena.rotate("end", *KEYS, *IN_TWO_STEPS)
    arena.roll_out(random)
    assert [url for url in old_logins if lets_in(url)] == []
    assert {_status(arena, service, old_token) for service in arena.services} == {401}


def _leave_nothing_to_the_old_keys(arena: Arena) -> None:
    """An operator runs the command of each service until it says that nothing is left."""
    commands = [(service, "shared.messaging.resealing") for service in arena.services if service != "intake"]
    commands += [("intake", f"services.intake.{command}") for command in ("resealing", "reindexing")]
    with ThreadPoolExecutor() as operators:
        list(operators.map(partial(_run_until_nothing_is_left, arena), commands))


def _run_until_nothing_is_left(arena: Arena, what: tuple[str, str]) -> None:
    service, command = what
    environment = {**os.environ, **arena.stack.installation.settings.of_worker(service)}
    run = partial(subprocess.run, [sys.executable, "-m", command], cwd=ROOT, env=environment, capture_output=True)
    see(lambda: run().returncode == 0, f"{command} to end for {service}")


def _status(arena: Arena, service: str, token: str) -> int:
    """What a request with this token is answered."""
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{arena.stack.http_url(service)}/v1/parked-messages", headers=headers, timeout=10).status_code
