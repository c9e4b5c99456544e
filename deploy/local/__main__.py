"""`python -m deploy.local up|down|status|parking`: the whole platform on this machine, under build/local."""

import argparse
import sys
from pathlib import Path

from deploy.local import ports
from deploy.local.installation import ROOT
from deploy.local.migrations import MigrationFailed
from deploy.local.ports import PortsError
from deploy.local.stack import HOUSES, LocalStack, NotReady
from deploy.topology import BadProfile
from shared.messaging.parking import main as parking_command

DIRECTORY = ROOT / "build" / "local"


def up(asked: argparse.Namespace) -> int:
    """Brings it up, unless it is; with `--empty` its data are deleted first."""
    known = LocalStack.recorded(asked.directory)
    if known and asked.empty:
        known.down()
    elif known and asked.tls in (None, known.installation.tls) and known.is_up():
        _say(f"The platform is up already. {_where(known)}")
        return 0
    _say("Starting the broker, the databases and five services; this takes about half a minute.")
    houses = asked.houses or (known.installation.houses if known else HOUSES)
    numbers = ports.free() if asked.free_ports else ports.configured()
    tls = bool(known and known.installation.tls) if asked.tls is None else asked.tls
    stack = LocalStack(asked.directory, numbers, houses, tls=tls)
    stack.up()
    _say(f"The platform is up. {_where(stack)}")
    return 0


def down(asked: argparse.Namespace) -> int:
    """Stops what runs of it and deletes its data."""
    stack = LocalStack.recorded(asked.directory) or LocalStack(asked.directory, ports.DEFAULTS)
    stack.down()
    _say("The platform is down, and nothing of it is left.")
    return 0


def status(asked: argparse.Namespace) -> int:
    """Lists every process; the exit status is 0 only if all are well."""
    stack = LocalStack.recorded(asked.directory)
    states = stack.supervisor.states() if stack else {}
    if not stack or not states:
        _say("The platform is not up.")
        return 1
    for name, state in states.items():
        ready = "" if name not in stack.processes else "ready" if stack.is_ready(name) else "not ready"
        _say(f"{name:18} {state['statename'].lower():10} {ready:10} {state['description']}")
    return 0 if stack.is_up() else 1


def parking(asked: argparse.Namespace) -> int:
    """Hands what follows, `<service> list` and so on, to shared.messaging.parking with that service's settings."""
    stack = LocalStack.recorded(asked.directory)
    service = next(iter(asked.rest), None)
    if not stack or service not in stack.services:
        sys.stderr.write("The platform is not up.\n" if not stack else f"Name a service: {', '.join(stack.services)}\n")
        return 2
    return parking_command(asked.rest, stack.installation.settings.of_worker(service))


COMMANDS = {"up": up, "down": down, "status": status, "parking": parking}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument(
        "--directory", type=Path, default=DIRECTORY, help="where all its files are (default: build/local)"
    )
    parser.add_argument(
        "--houses", type=Path, help="up: directory of the house profiles (default: those of the last time)"
    )
    parser.add_argument(
        "--tls",
        action=argparse.BooleanOptionalAction,
        help="up: over TLS only to broker and databases, with certificates (default: as the last time)",
    )
    parser.add_argument("--free-ports", action="store_true", help="up: take any free ports instead of the usual ones")
    parser.add_argument("--empty", action="store_true", help="up: begin without the data of the last time")
    asked, rest = parser.parse_known_args()
    if rest and asked.command != "parking":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    asked.rest = rest
    try:
        return COMMANDS[asked.command](asked)
    except (PortsError, MigrationFailed, NotReady, BadProfile, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _where(stack: LocalStack) -> str:
    return f"Operators' page: {stack.operators_page} - logs: {stack.supervisor.directory / 'logs'}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
