"""Makes the database and the roles of a service.

In Compose `python -m deploy.databases <service>` does that and migrates it, with what is in its environment:
ADMINISTRATOR_URL (a superuser, database postgres), ROLE_PASSWORD, OWNER_PASSWORD and MIGRATION_DATABASE_URL; while
passwords are rotated also FORMER_ADMINISTRATOR_URL, to give the superuser the new one.
"""

import os
import sys
from urllib.parse import urlsplit

import psycopg

from shared.postgres.migrate import migrate
from shared.postgres.roles import grant_work, owner_of, provide_database, provide_role, renew_password


def provide_service_database(administrator_url: str, service: str, *, password: str, owner_password: str) -> None:
    """Makes what is missing: the service's role, its owner, and the database that only these two may enter."""
    with psycopg.connect(administrator_url, autocommit=True) as administrator:
        provide_role(administrator, service, password)
        provide_role(administrator, owner_of(service), owner_password)
        provide_database(administrator, service, service)
    inside = urlsplit(administrator_url)._replace(path=f"/{service}").geturl()
    with psycopg.connect(inside) as administrator:
        grant_work(administrator, service)


def main(service: str) -> None:
    """The one-shot job of a service in Compose."""
    if former_url := os.environ.get("FORMER_ADMINISTRATOR_URL"):
        renew_password(os.environ["ADMINISTRATOR_URL"], former_url)
    provide_service_database(
        os.environ["ADMINISTRATOR_URL"],
        service,
        password=os.environ["ROLE_PASSWORD"],
        owner_password=os.environ["OWNER_PASSWORD"],
    )
    migrate(service, os.environ["MIGRATION_DATABASE_URL"])


if __name__ == "__main__":
    main(sys.argv[1])
