"""Makes the projections again from the journal: python -m services.reporting.rebuild.

The service may run meanwhile: the events that it receives wait until the rebuild is done, and reports are as before.
"""

import sys
from dataclasses import dataclass

import psycopg

from services.reporting.rebuild.handlers import rebuild
from services.reporting.rebuild.store import RebuildStore
from shared.configuration import SettingsError, from_environment, setting


@dataclass(frozen=True, kw_only=True)
class RebuildSettings:
    database_url: str = setting("DATABASE_URL", "URL of the service's PostgreSQL database", secret=True)


def main() -> None:
    settings = from_environment(RebuildSettings)
    with psycopg.connect(settings.database_url) as connection:
        count = rebuild(RebuildStore(connection))
    sys.stdout.write(f"projections made again from {count} events\n")


if __name__ == "__main__":
    try:
        main()
    except (SettingsError, psycopg.Error) as error:
        sys.exit(f"reporting: {error}")
