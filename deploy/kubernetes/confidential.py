"""The Secrets of an installation: made of what was drawn once, for nobody's eyes and for no repository."""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from deploy.certificates import AUTHORITY, Certificates
from deploy.credentials import INTAKE_KEYS
from deploy.kubernetes.installation import (
    Installation,
    database_of,
    files_of,
    migration_of,
    replication_of,
    server_of,
)
from deploy.settings import Settings, relay_of
from deploy.topology import DESK
from shared.configuration import ServiceSettings, declared_settings
from shared.postgres.roles import owner_of

SUPERUSER = "postgres"
DESK_SECRETS = ("SESSION_KEY", "OIDC_CLIENT_SECRET")
CONFIDENTIAL = {
    *(each.name for each in declared_settings(ServiceSettings) if each.secret),
    *INTAKE_KEYS,
    *DESK_SECRETS,
}
"""The settings that go into a Secret; the others are in a ConfigMap."""

Manifest = dict[str, Any]


class Secrets:
    """All of them, with the certificates that are in the directory `made`."""

    def __init__(self, installation: Installation, settings: Settings, made: Certificates) -> None:
        self._installation = installation
        self._settings = settings
        self._made = made

    def provide_certificates(self, now: datetime) -> None:
        """Makes those that are missing or end soon; partners' too."""
        databases = self._settings.topology.databases
        roles = (name for database in databases for name in (database, owner_of(database), replication_of(database)))
        servers = self._installation.servers
        for name in databases:
            servers |= self._installation.database_servers(name)
        self._made.provide({*self._settings.topology.users, *roles, SUPERUSER}, now, servers)

    def all(self) -> list[Manifest]:
        """Those of the broker, of every service and of the desk."""
        topology = self._settings.topology
        of_services = (secret for service in topology.services for secret in self._of_service(service))
        of_databases = (secret for name in topology.databases for secret in self._of_database(name))
        return [
            _secret("authority", {"ca.crt": self._text(AUTHORITY, "pem")}),
            self._pair(server_of("broker")),
            self._definitions(),
            *of_services,
            _secret(DESK, confidential(self._settings.of_desk(self._installation.identity_provider))),
            _secret(files_of(DESK), self._files(DESK)),
            *of_databases,
        ]

    def _definitions(self) -> Manifest:
        """Compressed: a country's are larger than a Secret may be."""
        definitions = json.dumps(self._settings.topology.definitions(self._settings.credentials.broker))
        content = {"definitions.json.gz": b64encode(gzip.compress(definitions.encode())).decode()}
        return {**_secret("broker-definitions", {}), "data": content}

    def _of_service(self, service: str) -> Iterable[Manifest]:
        settings, relay = self._settings, relay_of(service)
        tokens = {settings.api_tokens.name: json.dumps(settings.credentials.api_tokens())}
        yield _secret(service, confidential(settings.of_worker(service)))
        yield _secret(files_of(service), {**self._files(service), **tokens})
        yield _secret(relay, confidential(settings.of_relay(service)))
        yield _secret(files_of(relay), self._files(relay, service))

    def _of_database(self, name: str) -> Iterable[Manifest]:
        credentials, owner = self._settings.credentials, owner_of(name)
        migration, database = migration_of(name), database_of(name)
        yield _secret(migration, self._setup(name))
        yield _secret(files_of(migration), self._files(owner, SUPERUSER))
        yield self._pair(server_of(database))
        yield self._pair(replication_of(name))
        yield _login(f"{database}-superuser", SUPERUSER, credentials.postgres[name])
        yield _login(f"{database}-owner", owner, credentials.databases[owner])

    def _setup(self, service: str) -> dict[str, str]:
        """What the migration is told, as in Compose."""
        settings, credentials = self._settings, self._settings.credentials
        assert settings.database_tls
        tls = settings.database_tls.of(SUPERUSER).in_database_url()
        host = settings.addresses.databases[service]
        return {
            **settings.of_migration(service),
            "ADMINISTRATOR_URL": f"postgresql://{SUPERUSER}:{credentials.postgres[service]}@{host}/postgres?{tls}",
            "ROLE_PASSWORD": credentials.databases[service],
            "OWNER_PASSWORD": credentials.databases[owner_of(service)],
        }

    def _files(self, *names: str) -> dict[str, str]:
        return {file.name: file.read_text() for name in names for file in self._made.of(name)}

    def _text(self, name: str, kind: str) -> str:
        return (self._made.directory / f"{name}.{kind}").read_text()

    def _pair(self, name: str) -> Manifest:
        pair = {"tls.crt": self._text(name, "pem"), "tls.key": self._text(name, "key")}
        return _secret(name, pair, type="kubernetes.io/tls")


def confidential(settings: Mapping[str, str]) -> dict[str, str]:
    """The part of a process's settings that nobody may read."""
    return {name: value for name, value in settings.items() if name in CONFIDENTIAL}


def _login(name: str, user: str, password: str) -> Manifest:
    return _secret(name, {"username": user, "password": password}, type="kubernetes.io/basic-auth")


def _secret(name: str, content: Mapping[str, str], type: str = "Opaque") -> Manifest:
    # the label has PostgreSQL take a renewed certificate without being told
    metadata = {"name": name, "labels": {"cnpg.io/reload": "true"}}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": type, "stringData": dict(content)}
