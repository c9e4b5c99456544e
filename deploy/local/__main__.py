"""`python -m deploy.local up|stop|down|status|parking|audit`: the whole platform on this machine, under build/local."""

import argparse
import sys
from pathlib import Path

from deploy.local import ports
from deploy.local.installation import ROOT
from deploy.local.migrations import MigrationFailed
from deploy.local.ports import PortsError
from deploy.local.stack import HOUSES, LocalStack, NotReady, NotReplaceable
from deploy.topology import BadProfile
from shared.audit.__main__ import main as audit_command
from shared.messaging.parking import main as parking_command

DIRECTORY = ROOT / "build" / "local"


def up(asked: argparse.Namespace) -> int:
    """Brings it up; what runs of another version is replaced. `--for-replay`: begins without data."""
    known = LocalStack.recorded(asked.directory)
    stack = _wanted(asked, known)
    if known and asked.for_replay:
        _check_may_delete(known, asked)
        known.down()
    elif known and known.supervisor.states() and _runs_alike(known, stack):
        return _upgrade(stack)
    _say("Starting the broker, the databases, five services and sign-in; this takes about half a minute.")
    stack.up()
    _say(f"The platform is up. {_logs(stack)}")
    if not asked.for_replay:  # which says it at its end
        _say(stack.who_can_sign_in())
    return 0


def stop(asked: argparse.Namespace) -> int:
    """Stops what runs of it and keeps its data."""
    stack = LocalStack.recorded(asked.directory)
    if stack:
        stack.stop()
        _say(f"The platform is stopped. Its data and keys stay in {stack.installation.directory}; `make up` starts it.")
    else:
        _say(f"There is no platform in {asked.directory}.")
    return 0


def down(asked: argparse.Namespace) -> int:
    """Stops what runs of it and deletes its data."""
    stack = LocalStack.recorded(asked.directory)
    if stack:
        _check_may_delete(stack, asked)
        stack.down()
        _say("The platform is down, and nothing of it is left.")
    else:
        _say(f"There is no platform in {asked.directory}.")
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


def audit(asked: argparse.Namespace) -> int:
    """Checks the audit log of each service, or hands what follows, `seal intake` and so on, to shared.audit."""
    stack = LocalStack.recorded(asked.directory)
    if not stack:
        sys.stderr.write("The platform is not up.\n")
        return 2
    services = [service for service in stack.services if service in asked.rest] or stack.services
    rest = [each for each in asked.rest if each not in services] or ["check"]
    settings = stack.installation.settings
    return max(audit_command([*rest, service], settings.of_worker(service)) for service in services)


class KeepsData(Exception):
    """Nobody has said that data which no replay made may be deleted."""


COMMANDS = {"up": up, "stop": stop, "down": down, "status": status, "parking": parking, "audit": audit}


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
    parser.add_argument("--free-ports", action="store_true", help="up: take any free ports the first time")
    parser.add_argument(
        "--for-replay", action="store_true", help="up: begin without data; what comes may be deleted without asking"
    )
    parser.add_argument("--delete-data", action="store_true", help="delete data that no replay made without asking")
    asked, rest = parser.parse_known_args()
    if rest and asked.command not in ("parking", "audit"):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    asked.rest = rest
    try:
        return COMMANDS[asked.command](asked)
    except (PortsError, MigrationFailed, NotReady, NotReplaceable, KeepsData, BadProfile, FileNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _wanted(asked: argparse.Namespace, known: LocalStack | None) -> LocalStack:
    """The stack as it is asked for; what is not asked is as the last time."""
    before = known.installation if known else None
    usual = ports.free() if asked.free_ports else ports.DEFAULTS
    return LocalStack(
        asked.directory,
        ports.configured({**usual, **(before.ports if before else {})}),
        asked.houses or (before.houses if before else HOUSES),
        tls=bool(before and before.tls) if asked.tls is None else asked.tls,
        for_replay=asked.for_replay or bool(before and before.for_replay),
        for_people=True,
    )


def _runs_alike(known: LocalStack, wanted: LocalStack) -> bool:
    """Whether one can become the other while it runs."""
    before, after = known.installation, wanted.installation
    return before.tls == after.tls and before.ports.items() <= after.ports.items()


def _upgrade(stack: LocalStack) -> int:
    replaced = stack.upgrade()
    what = f"now runs this version; replaced: {', '.join(replaced)}" if replaced else "is up already"
    _say(f"The platform {what}. {_logs(stack)}\n{stack.who_can_sign_in()}")
    return 0


def _check_may_delete(stack: LocalStack, asked: argparse.Namespace) -> None:
    """Asks, at a terminal. Raises KeepsData unless the answer is yes, it was said before, or a replay made the data."""
    if asked.delete_data or stack.installation.for_replay:
        return
    where = f"the data and the keys in {stack.installation.directory}, which no replay made"
    if sys.stdin.isatty() and input(f"Delete {where}, for good? Type yes: ") == "yes":
        return
    raise KeepsData(
        f"Nothing is deleted: DELETE_DATA=yes deletes {where}. `make stop` stops the platform and keeps them."
    )


def _logs(stack: LocalStack) -> str:
    return f"Logs: {stack.supervisor.directory / 'logs'}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
