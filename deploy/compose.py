"""Writes the settings of every container: `python -m deploy.compose <directory> [--tls]`, run once at each
`docker compose up`.

Each container sees only its own part of the directory, as a volume: `broker`, `identity`, for each service `<service>`
(worker and relay) and `<service>-setup` (PostgreSQL and migrations), and the same two for the desk. What was drawn at
random is kept in `secrets`; with `--tls` also the private CA and every partner's certificate.
"""

import json
import shlex
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from deploy.certificates import Certificates
from deploy.credentials import Credentials
from deploy.identity.persons import Directory
from deploy.settings import Addresses, IdentityProvider, Settings, relay_of
from deploy.topology import DESK, Topology
from shared.postgres.roles import owner_of
from shared.tls_files import SERVER

HOUSES = Path("houses")
HTTP_PORT = 8000
BROKER_HOSTS = ("broker", "localhost", "127.0.0.1")
IN_CONTAINER = Path("/settings")
REALM = "realms/ketenhuis"
# A browser and the containers reach Keycloak under different addresses; tokens name the browser's.
IDENTITY_PROVIDER = IdentityProvider(
    issuer=f"http://127.0.0.1:8110/{REALM}",
    keys_url=f"http://identity:8080/{REALM}/protocol/openid-connect/certs",
    desk_url="http://127.0.0.1:8100",
    configuration_url=f"http://identity:8080/{REALM}/.well-known/openid-configuration",
)


def database_host(service: str) -> str:
    """The container with a service's PostgreSQL."""
    return f"{service}-postgres"


def settings_for_containers(topology: Topology, credentials: Credentials, tls: bool) -> Settings:
    """The platform's settings with the containers' names as addresses."""
    processes = [*(name for service in topology.services for name in (service, relay_of(service))), DESK]
    return Settings(
        topology=topology,
        credentials=credentials,
        addresses=Addresses(
            broker="broker:5672",
            broker_metrics="broker:15692",
            databases={name: f"{database_host(name)}:5432" for name in topology.databases},
            listen=dict.fromkeys(processes, f"0.0.0.0:{HTTP_PORT}"),
            reach={process: [f"{process}:{HTTP_PORT}"] for process in processes},
            apis={service: f"{service}:{HTTP_PORT}" for service in topology.services},
        ),
        houses=HOUSES,
        api_tokens=IN_CONTAINER / "api-tokens.json",
        identity_provider=IDENTITY_PROVIDER,
        broker_tls=Certificates(IN_CONTAINER) if tls else None,
    )


def write_settings(directory: Path, tls: bool = False) -> None:
    """Writes all of it; a second time changes nothing but what a new house or partner adds, or what is about to expire.

    tls: between the broker and its clients; the databases are reached within the containers' own network only.
    """
    topology = Topology.load(HOUSES)
    people = Directory.load()
    credentials = Credentials.provide(_file(directory, "secrets", "secrets.json"), topology, people)
    settings = settings_for_containers(topology, credentials, tls)
    definitions = json.dumps(topology.definitions(credentials.broker))
    _file(directory, "broker", "definitions.json").write_text(definitions)
    _file(directory, "identity", "identity.env").write_text(_shell(_of_keycloak(people, credentials)))
    if tls:
        _write_certificates(directory, topology)
    for service in topology.services:
        _file(directory, service, "worker.env").write_text(_shell(settings.of_worker(service)))
        _file(directory, service, "relay.env").write_text(_shell(settings.of_relay(service)))
        _file(directory, service, "api-tokens.json").write_text(json.dumps(credentials.api_tokens()))
    _file(directory, DESK, "desk.env").write_text(_shell(settings.of_desk(IDENTITY_PROVIDER)))
    for name in topology.databases:
        _file(directory, f"{name}-setup", "migration.env").write_text(_shell(_setup(name, settings)))
        _file(directory, f"{name}-setup", "password").write_text(credentials.postgres[name])


def _write_certificates(directory: Path, topology: Topology) -> None:
    made = Certificates(directory / "secrets" / "certificates")
    made.provide(topology.users, datetime.now(UTC), {SERVER: BROKER_HOSTS})
    shown_by = {"broker": [SERVER], **{service: [service, relay_of(service)] for service in topology.services}}
    for volume, names in shown_by.items():
        for file in {file for name in names for file in made.of(name)}:
            shutil.copyfile(file, _file(directory, volume, file.name))


def _of_keycloak(people: Directory, credentials: Credentials) -> dict[str, str]:
    """What stands in deploy/identity/keycloak-realm.json as a placeholder."""
    programs = {f"SECRET_OF_{_variable(each.id)}": credentials.clients[each.id] for each in people.programs}
    passwords = {f"PASSWORD_OF_{_variable(login)}": credentials.persons[login] for login in people.logins}
    desk = {
        "DESK_SECRET": credentials.clients[DESK],
        "DESK_URL": IDENTITY_PROVIDER.desk_url,
        "DESK_REACHED_AT": f"http://desk:{HTTP_PORT}",
    }
    return desk | programs | passwords


def _variable(name: str) -> str:
    return name.upper().replace("-", "_")


def _setup(service: str, settings: Settings) -> dict[str, str]:
    credentials = settings.credentials
    superuser = {"ADMINISTRATOR_URL": credentials.postgres, "FORMER_ADMINISTRATOR_URL": credentials.former_postgres}
    at = f"{database_host(service)}:5432/postgres"
    return {
        **settings.of_migration(service),
        **{name: f"postgresql://postgres:{known[service]}@{at}" for name, known in superuser.items() if known},
        "ROLE_PASSWORD": credentials.databases[service],
        "OWNER_PASSWORD": credentials.databases[owner_of(service)],
    }


def _file(directory: Path, volume: str, name: str) -> Path:
    """Who may read it is decided by who mounts the volume."""
    (directory / volume).mkdir(parents=True, exist_ok=True)
    return directory / volume / name


def _shell(environment: Mapping[str, str]) -> str:
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in environment.items())


if __name__ == "__main__":
    write_settings(Path(sys.argv[1]), tls="--tls" in sys.argv[2:])
