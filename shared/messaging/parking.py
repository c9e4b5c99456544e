"""The command line for a service's parked messages: groups, list, show, correct, replay, discard.

Settings come from the service's environment: DATABASE_URL, MESSAGE_KEY. Each change is logged with author and reason.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
import psycopg

from shared.configuration import SettingsError, from_environment, setting
from shared.configuration.service import key_that, url
from shared.keys import Keys
from shared.messaging.outcomes import Rejected
from shared.messaging.outline import outline_of
from shared.messaging.parked import NEWEST, Author, Parking, ParkingError, Step
from shared.messaging.sealing import Sealer
from shared.messaging.storage import Group, ParkedRow, RefusalsBefore, Selection
from shared.postgres.link import LINK


@dataclass(frozen=True, kw_only=True)
class ParkingSettings:
    """Two of the service's own settings."""

    database_url: str = setting(
        "DATABASE_URL", "URL of the service's PostgreSQL database", parse=url("postgresql", "postgres"), secret=True
    )
    message_key: Keys = setting("MESSAGE_KEY", key_that("seals message bodies at rest"), parse=Keys.parse, secret=True)


def _outline(body: bytes) -> str:
    try:
        return orjson.dumps(outline_of(body), option=orjson.OPT_INDENT_2).decode()
    except Rejected as rejected:
        return f"{len(body)} bytes: {rejected}"


def _groups(parking: Parking, arguments: argparse.Namespace) -> str:
    """Count the parked messages by house, sender, kind and reason."""
    groups = parking.groups(Selection(answered=arguments.answered))
    before = parking.refusals_before(None) if arguments.answered else []
    return (
        _lines([*map(_group_line, groups), *map(_before_line, before)]) or f"{arguments.service}: nothing is parked\n"
    )


def _list(parking: Parking, arguments: argparse.Namespace) -> str:
    """List parked messages, newest first."""
    messages = parking.messages(_selection(arguments), before=arguments.before, limit=arguments.limit)
    return _lines(map(_line, messages)) or f"{arguments.service}: nothing is parked\n"


def _show(parking: Parking, arguments: argparse.Namespace) -> str | bytes:
    """Show a message: its structure without values, or its body."""
    message, history = parking.message(arguments.id)
    body = parking.original(message) if arguments.original else message.body
    if arguments.with_body:
        if not (arguments.who and arguments.why):
            raise ParkingError("--with-body needs --who and --why, which are logged")
        parking.look(message, _author(arguments))
        return body
    actions = (f"{action.at:%Y-%m-%d %H:%M:%S}  {action.what} by {action.who}: {action.why}" for action in history)
    return _lines([_line(message), *actions, _outline(body)])


def _correct(parking: Parking, arguments: argparse.Namespace) -> str:
    """Replace a message's body; the original is kept."""
    body = sys.stdin.buffer.read() if arguments.file == Path("-") else arguments.file.read_bytes()
    parking.correct(arguments.id, body, _author(arguments))
    return f"{arguments.service}: message {arguments.id} is corrected; it stays parked until it is replayed\n"


def _replay(parking: Parking, arguments: argparse.Namespace) -> str:
    """Process a message again, or a group: each message takes effect, or is parked again."""
    if arguments.id is None:
        total = _whole_group(parking, parking.replay_group, arguments)
        return f"{arguments.service}: {total.done} messages are handed back, {total.left_out} can't be\n"
    parking.replay(arguments.id, _author(arguments))
    return f"{arguments.service}: message {arguments.id} is handed back to its reader\n"


def _discard(parking: Parking, arguments: argparse.Namespace) -> str:
    """Delete a message, or a group."""
    if arguments.id is None:
        total = _whole_group(parking, parking.discard_group, arguments)
        return f"{arguments.service}: {total.done} messages are discarded\n"
    parking.discard(arguments.id, _author(arguments))
    return f"{arguments.service}: message {arguments.id} is discarded\n"


def _whole_group(parking: Parking, take_step: Callable[..., Step], arguments: argparse.Namespace) -> Step:
    """Take step after step with the messages that are in a group now; returns all steps as one."""
    group = _selection(arguments)
    if not (group.sender and group.reason):
        raise ParkingError("name the number of a message, or a group by --sender and --reason")
    [newest] = [message.id for message in parking.messages(group, limit=1)] or [0]
    total = Step(0, 0, next=0)
    while total.next is not None:
        step = take_step(group, _author(arguments), after=total.next, newest=newest)
        parking.commit()
        total = Step(total.done + step.done, total.left_out + step.left_out, step.next)
    return total


def _selection(arguments: argparse.Namespace) -> Selection:
    return Selection(
        answered=arguments.answered,
        house=arguments.house,
        sender=arguments.sender,
        kind=arguments.kind,
        reason=arguments.reason,
    )


def _group_line(group: Group) -> str:
    span = f"{group.oldest_at:%Y-%m-%d %H:%M:%S} to {group.newest_at:%Y-%m-%d %H:%M:%S}"
    return "  ".join([f"{group.messages}", span, group.house or "-", group.sender, group.kind, group.reason])


def _before_line(before: RefusalsBefore) -> str:
    until = f"deleted after their time, the last of {before.last_at:%Y-%m-%d}"
    return "  ".join([f"{before.messages}", until, before.house or "-", before.sender, "rejected", before.reason])


def _line(message: ParkedRow) -> str:
    problems = "; ".join(f"{field[:60]}: {reason}" if field else reason for field, reason, _ in message.problems)
    if more := message.problem_count - len(message.problems):
        problems += f"; and {more} more"
    since = f"{message.parked_at:%Y-%m-%d %H:%M:%S}"
    names = (message.kind, message.queue, message.sender, str(message.message_id))
    return "  ".join([str(message.id), since, *names, problems])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _author(arguments: argparse.Namespace) -> Author:
    return Author.at_the_command_line(arguments.who, arguments.why, arguments.command)


def _not_empty(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be empty")
    return text.strip()


COMMANDS: Mapping[str, Callable[[Parking, argparse.Namespace], str | bytes]] = {
    "groups": _groups,
    "list": _list,
    "show": _show,
    "correct": _correct,
    "replay": _replay,
    "discard": _discard,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.messaging.parking", description=__doc__)
    parser.add_argument("service", help="the service with these settings")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in COMMANDS.items():
        _add_arguments(name, commands.add_parser(name, help=run.__doc__, description=run.__doc__))
    return parser


def _add_arguments(name: str, command: argparse.ArgumentParser) -> None:
    if name in ("show", "correct"):
        command.add_argument("id", type=int, help="the number that list shows")
    else:
        _add_selection(name, command)
    if name not in ("groups", "list"):
        command.add_argument("--who", type=_not_empty, required=name != "show", help="the name of the operator")
        command.add_argument("--why", type=_not_empty, required=name != "show", help="the reason; no personal data")
    if name == "show":
        command.add_argument("--with-body", action="store_true", help="print the body itself; needs --who and --why")
        command.add_argument("--original", action="store_true", help="the body before the first correction")
    if name == "correct":
        command.add_argument("file", type=Path, help="file with the whole corrected message; - for standard input")


def _add_selection(name: str, command: argparse.ArgumentParser) -> None:
    command.add_argument("--answered", action="store_true", help="those whose sender was told the problems")
    if name == "groups":
        return
    for column in ("house", "sender", "kind", "reason"):
        command.add_argument(f"--{column}", help=f"the {column} of a group, as groups shows it")
    if name == "list":
        command.add_argument("--before", type=int, default=NEWEST, help="only numbers below this one")
        command.add_argument("--limit", type=int, default=100, help="at most so many messages")
    else:
        command.add_argument("id", type=int, nargs="?", help="the number that list shows; else a group is meant")


def main(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run the command. Exit status 2: the action is not possible; 1: a setting, file or the database is missing."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = from_environment(ParkingSettings, environment)
        with psycopg.connect(settings.database_url, **LINK) as connection:
            answer = COMMANDS[parsed.command](Parking(connection, Sealer(settings.message_key)), parsed)
    except (ParkingError, SettingsError, psycopg.Error, OSError) as error:
        sys.stderr.write(f"{parsed.service}: {error}\n")
        return 2 if isinstance(error, ParkingError) else 1
    sys.stdout.buffer.write(answer if isinstance(answer, bytes) else answer.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
