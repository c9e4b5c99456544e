"""The command with which operators see to the parked messages of a service.

Settings come from the service's environment: DATABASE_URL, MESSAGE_KEY. Each change is kept, with who and why.
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
from shared.configuration.service import key_of_32_bytes, url
from shared.messaging.outcomes import Rejected
from shared.messaging.outline import outline_of
from shared.messaging.parked import By, Parking, ParkingError, Row
from shared.messaging.sealing import Sealer
from shared.postgres.link import LINK


@dataclass(frozen=True, kw_only=True)
class ParkingSettings:
    """The same names as the service's own settings."""

    database_url: str = setting(
        "DATABASE_URL", "URL of the service's PostgreSQL database", parse=url("postgresql", "postgres"), secret=True
    )
    message_key: bytes = setting(
        "MESSAGE_KEY", "32 bytes in base64 that seal message bodies at rest", parse=key_of_32_bytes, secret=True
    )


def _outline(body: bytes) -> str:
    try:
        return orjson.dumps(outline_of(body), option=orjson.OPT_INDENT_2).decode()
    except Rejected as rejected:
        return f"{len(body)} bytes: {rejected}"


def _list(parking: Parking, asked: argparse.Namespace) -> str:
    """List what is parked, oldest first."""
    return _lines(map(_line, parking.messages())) or f"{asked.service}: nothing is parked\n"


def _show(parking: Parking, asked: argparse.Namespace) -> str | bytes:
    """Show a message: its structure without values, or its body."""
    message, history = parking.message(asked.id)
    body = parking.original(message) if asked.original else message["body"]
    if asked.with_body:
        if not (asked.who and asked.why):
            raise ParkingError("--with-body needs --who and --why: it is kept who looked")
        parking.look(message, _by(asked))
        return bytes(body)
    done = (f"{each['at']:%Y-%m-%d %H:%M:%S}  {each['what']} by {each['who']}: {each['why']}" for each in history)
    return _lines([_line(message), *done, _outline(body)])


def _correct(parking: Parking, asked: argparse.Namespace) -> str:
    """Give a message another body; the original is kept."""
    body = sys.stdin.buffer.read() if asked.file == Path("-") else asked.file.read_bytes()
    parking.correct(asked.id, body, _by(asked))
    return f"{asked.service}: message {asked.id} is corrected; it stays parked until it is replayed\n"


def _replay(parking: Parking, asked: argparse.Namespace) -> str:
    """Hand a message back to its reader: it takes effect, or stands parked again."""
    parking.replay(asked.id, _by(asked))
    return f"{asked.service}: message {asked.id} is handed back to its reader\n"


def _discard(parking: Parking, asked: argparse.Namespace) -> str:
    """Remove a message for good."""
    parking.discard(asked.id, _by(asked))
    return f"{asked.service}: message {asked.id} is discarded\n"


def _line(message: Row) -> str:
    problems = "; ".join(f"{field}: {reason}" if field else reason for field, reason in message["problems"])
    since = f"{message['parked_at']:%Y-%m-%d %H:%M:%S}"
    names = (message["kind"], message["queue"], message["sender"], str(message["message_id"]))
    return "  ".join([str(message["id"]), since, *names, problems])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _by(asked: argparse.Namespace) -> By:
    return {"who": asked.who, "why": asked.why}


def _said(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be empty")
    return text.strip()


COMMANDS: Mapping[str, Callable[[Parking, argparse.Namespace], str | bytes]] = {
    "list": _list,
    "show": _show,
    "correct": _correct,
    "replay": _replay,
    "discard": _discard,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.messaging.parking", description=__doc__)
    parser.add_argument("service", help="whose settings the environment holds")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in COMMANDS.items():
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        if name != "list":
            command.add_argument("id", type=int, help="the number that list shows")
            command.add_argument("--who", type=_said, required=name != "show", help="who does this")
            command.add_argument("--why", type=_said, required=name != "show", help="why; no personal data")
        if name == "show":
            command.add_argument(
                "--with-body", action="store_true", help="print the body itself; needs --who and --why"
            )
            command.add_argument("--original", action="store_true", help="as it was before it was corrected")
        if name == "correct":
            command.add_argument("file", type=Path, help="file with the whole corrected message; - for standard input")
    return parser


def main(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """The command line. Exit status 2: what was asked can't be done; 1: a setting, file or database is not there."""
    asked = _parser().parse_args(arguments)
    try:
        settings = from_environment(ParkingSettings, environment)
        with psycopg.connect(settings.database_url, **LINK) as connection:
            answer = COMMANDS[asked.command](Parking(connection, Sealer(settings.message_key)), asked)
    except (ParkingError, SettingsError, psycopg.Error, OSError) as error:
        sys.stderr.write(f"{asked.service}: {error}\n")
        return 2 if isinstance(error, ParkingError) else 1
    sys.stdout.buffer.write(answer if isinstance(answer, bytes) else answer.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
