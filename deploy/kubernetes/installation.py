"""What differs from installation to installation, and where its parts are reached inside the cluster."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.certificates import Certificates
from deploy.credentials import Credentials
from deploy.settings import Addresses, IdentityProvider, Settings, relay_of
from deploy.topology import DESK, Topology

MOUNTED = Path("/etc/ketenhuis")
"""Where a process finds its files: certificates, the callers of its API, the houses' profiles."""
HTTP_PORT, BROKER_PORT, POSTGRES_PORT, IDENTITY_PORT = 8000, 5671, 5432, 443
BROKER_METRICS_PORT, POSTGRES_METRICS_PORT = 15692, 9187
PINNED = re.compile(r"[a-z][a-z/-]*:\d+\.\d+[\w.-]*")


class Unpinned(Exception):
    """An image is named without the version that has been tried; the message says which."""


@dataclass(frozen=True)
class Installation:
    """The installation's file: sections of values, which templates know as <section>_<key>."""

    file: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> "Installation":
        """Raises Unpinned."""
        file = tomllib.loads(path.read_text())
        for name, image in file["images"].items():
            if name != "registry" and not PINNED.fullmatch(image):
                raise Unpinned(f"{path.name}: the image {image!r} has no version.")
        return cls(file)

    @property
    def namespace(self) -> str:
        return str(self.file["namespace"])

    @property
    def values(self) -> dict[str, Any]:
        sections = {name: section for name, section in self.file.items() if isinstance(section, dict)}
        inside = {f"{name}_{key}": value for name, section in sections.items() for key, value in section.items()}
        return {"namespace": self.namespace, **inside}

    @property
    def identity_provider(self) -> IdentityProvider:
        provider = self.file["identity"]
        return IdentityProvider(provider["issuer"], provider["keys_url"], self.file["desk"]["url"])

    @property
    def servers(self) -> dict[str, list[str]]:
        """The hosts of each server, by the name of its certificate."""
        return {server_of("broker"): [*self._inside("broker"), str(self.file["network"]["broker_name"])]}

    def database_servers(self, service: str) -> dict[str, list[str]]:
        """The same of a service's databases: CloudNativePG gives each role a service of its own."""
        database = database_of(service)
        hosts = [host for role in ("rw", "r", "ro") for host in self._inside(f"{database}-{role}")]
        return {server_of(database): hosts}

    def topology(self, houses: Path) -> Topology:
        """The platform's, for the houses whose profiles are in the directory `houses`."""
        return Topology.load(houses, self.file["processes"]["shards"])

    def settings(self, topology: Topology, credentials: Credentials) -> Settings:
        """The platform's settings with the cluster's names as addresses."""
        processes = [*(name for service in topology.services for name in (service, relay_of(service))), DESK]
        return Settings(
            topology=topology,
            credentials=credentials,
            addresses=Addresses(
                broker=f"broker:{BROKER_PORT}",
                broker_metrics=f"broker-metrics:{BROKER_METRICS_PORT}",
                databases={name: f"{database_of(name)}-rw:{POSTGRES_PORT}" for name in topology.databases},
                listen=dict.fromkeys(processes, f"0.0.0.0:{HTTP_PORT}"),
                reach={process: [f"{process}-replicas:{HTTP_PORT}"] for process in processes},
                apis={service: f"{service}:{HTTP_PORT}" for service in topology.services},
                database_metrics={
                    name: f"{database_of(name)}-metrics:{POSTGRES_METRICS_PORT}" for name in topology.databases
                },
            ),
            houses=MOUNTED / "houses",
            api_tokens=MOUNTED / "api-tokens.json",
            identity_provider=self.identity_provider,
            proxies=self.file["desk"]["proxies"],
            broker_tls=Certificates(MOUNTED),
            database_tls=Certificates(MOUNTED),
        )

    def _inside(self, host: str) -> list[str]:
        return [host, f"{host}.{self.namespace}", f"{host}.{self.namespace}.svc"]


def database_of(service: str) -> str:
    """The name of the PostgreSQL cluster of a service."""
    return f"{service}-postgres"


def server_of(name: str) -> str:
    """The name of a server's certificate, and of its Secret."""
    return f"{name}-server"


def replication_of(service: str) -> str:
    """The same of that with which a service's databases follow each other."""
    return f"{database_of(service)}-replication"


def files_of(process: str) -> str:
    """The Secret with the files of a process or a migration."""
    return f"{process}-files"


def migration_of(service: str) -> str:
    """The Secret with the environment of a service's migration."""
    return f"{service}-migration"
