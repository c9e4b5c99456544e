"""The command line for a service's audit log: seal, check.

The relay seals by itself, every few seconds. Settings come from the service's environment: DATABASE_URL, and for check
AUDIT_DAYS. Keep the last seal that check prints somewhere else: whoever writes the whole chain anew can't change that.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from psycopg import Connection, IsolationLevel

from shared.audit.sealing import Check, Sealing
from shared.audit.settings import audit_days
from shared.configuration import SettingsError, from_environment, setting
from shared.configuration.service import url
from shared.postgres.link import LINK

CHANGED = 2


@dataclass(frozen=True, kw_only=True)
class AuditSettings:
    """Two of the settings of a service and its relay."""

    database_url: str = setting(
        "DATABASE_URL", "URL of the service's PostgreSQL database", parse=url("postgresql", "postgres"), secret=True
    )
    audit_days: int = audit_days()


def _seal(connection: Connection[Any], service: str) -> int:
    """Seal all rows that can be sealed now."""
    sealing, seals = Sealing(connection), 0
    while sealing.step():
        seals += 1
    sys.stdout.write(f"{service}: {seals} seals added\n")
    return 0


def _check(connection: Connection[Any], service: str, *, days: int, kept: str | None) -> int:
    """Say what was changed, and print the last seal."""
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    check = Check(connection, days=days, kept=kept)
    with connection.transaction():
        findings = list(check.findings())
    sys.stdout.writelines(f"{service}: {finding}\n" for finding in findings)
    verdict = f"{len(findings)} things were changed" if findings else f"{check.rows} rows are as they were written"
    last = f"the last seal is {check.last}" if check.last else "there is no seal"
    sys.stdout.write(f"{service}: {verdict}; {check.waiting} wait for a seal; {last}\n")
    return CHANGED if findings else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.audit", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in (("seal", _seal), ("check", _check)):
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.add_argument("service", help="the service with these settings")
    command.add_argument("--kept", help="a seal that check printed earlier, 17:9f3c…: it must still be there")
    return parser


def main(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run the command. Exit status 2: something was changed; 1: a setting or the database is missing."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = from_environment(AuditSettings, environment)
        run = _seal if parsed.command == "seal" else partial(_check, days=settings.audit_days, kept=parsed.kept)
        with psycopg.connect(settings.database_url, autocommit=True, **LINK) as connection:
            return run(connection, parsed.service)
    except (SettingsError, psycopg.Error) as error:
        sys.stderr.write(f"{parsed.service}: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
