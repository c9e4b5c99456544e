"""Makes the projections again from the journal: python -m services.reporting.rebuild.

The service may run meanwhile: what it receives waits until it is done, and reports are those of before.
"""

import sys
from dataclasses import dataclass

import psycopg

from services.reporting.handlers import rebuild
from services.reporting.storage import ReportingStore
from shared.configuration import SettingsError, from_environment, setting


@dataclass(frozen=True, kw_only=True)
class RebuildSettings:
    database_url: str = setting("DATABASE_URL", "URL of the service's PostgreSQL database", secret=True)


def main() -> None:
    settings = from_environment(RebuildSettings)
    with psycopg.connect(settings.database_url) as connection:
        count = rebuild(ReportingStore(connection))
    sys.stdout.write(f"projections made again from {count} events\n")


if __name__ == "__main__":
    try:
        main()
    except (SettingsError, psycopg.Error) as error:
        sys.exit(f"reporting: {error}")
