"""`python -m deploy.local up|down|status`: the whole platform on this machine, under build/local."""

import argparse
import sys
from pathlib import Path

from deploy.local import ports
from deploy.local.installation import ROOT
from deploy.local.migrations import MigrationFailed
from deploy.local.ports import PortsError
from deploy.local.stack import LocalStack, NotReady
from deploy.topology import BadProfile

DIRECTORY = ROOT / "build" / "local"


def up(directory: Path, free_ports: bool, empty: bool) -> int:
    """Brings it up, unless it is; `empty` deletes its data first."""
    known = LocalStack.recorded(directory)
    if known and empty:
        known.down()
    elif known and known.is_up():
        _say(f"The platform is up already. {_where(known)}")
        return 0
    _say("Starting the broker, the databases and five services; this takes about half a minute.")
    stack = LocalStack(directory, ports.free() if free_ports else ports.configured())
    stack.up()
    _say(f"The platform is up. {_where(stack)}")
    return 0


def down(directory: Path) -> int:
    """Stops what runs of it and deletes its data."""
    stack = LocalStack.recorded(directory) or LocalStack(directory, ports.DEFAULTS)
    stack.down()
    _say("The platform is down, and nothing of it is left.")
    return 0


def status(directory: Path) -> int:
    """Lists every process; the exit status is 0 only if all are well."""
    stack = LocalStack.recorded(directory)
    states = stack.supervisor.states() if stack else {}
    if not stack or not states:
        _say("The platform is not up.")
        return 1
    for name, state in states.items():
        ready = "" if name not in stack.processes else "ready" if stack.is_ready(name) else "not ready"
        _say(f"{name:18} {state['statename'].lower():10} {ready:10} {state['description']}")
    return 0 if stack.is_up() else 1


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("command", choices=["up", "down", "status"])
    parser.add_argument(
        "--directory", type=Path, default=DIRECTORY, help="where all its files are (default: build/local)"
    )
    parser.add_argument("--free-ports", action="store_true", help="up: take any free ports instead of the usual ones")
    parser.add_argument("--empty", action="store_true", help="up: begin without the data of the last time")
    asked = parser.parse_args()
    try:
        if asked.command == "up":
            return up(asked.directory, asked.free_ports, asked.empty)
        return {"down": down, "status": status}[asked.command](asked.directory)
    except (PortsError, MigrationFailed, NotReady, BadProfile, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _where(stack: LocalStack) -> str:
    return f"Operators' page: {stack.http_url('reporting')}/operations - logs: {stack.supervisor.directory / 'logs'}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
