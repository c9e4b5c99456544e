"""What the local stack consists of: its files, its programs and their settings. Starts nothing."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from deploy.certificates import Certificates
from deploy.credentials import LOCAL_CLUSTER, Credentials, write_private
from deploy.databases import provide_service_database
from deploy.identity.persons import Directory
from deploy.identity.program import provider_program
from deploy.identity.settings import settings_text
from deploy.local.ports import Ports, replica_of
from deploy.local.version import PYTHON, Version
from deploy.settings import Addresses, IdentityProvider, Settings, relay_of
from deploy.topology import DESK, Topology
from shared.postgres.roles import owner_of, renew_password
from shared.testing.broker import Broker, BrokerPorts
from shared.testing.cluster import SUPERUSER, Cluster, place_for, remove_cluster
from shared.testing.program import Program
from shared.tls_files import SERVER

ROOT = Path(__file__).parents[2]
NO_NAMES = {"EVENTLET_NO_GREENDNS": "yes"}
"""Everybody is at 127.0.0.1: no worker need read, at each start, the 230 modules with which eventlet finds names."""


class Installation:
    """One stack's worth of files under `directory`, for the houses whose profiles are in the directory `houses`.

    tls: whether broker and databases are reached over TLS only, by who has a certificate. shards: as in Topology.load.
    checkout: whose code it runs. for_replay: a replay makes its data, so that nobody misses them. for_people: invented
    persons can sign in, so that the identity provider and the desk run too.
    """

    def __init__(
        self,
        directory: Path,
        ports: Ports,
        houses: Path,
        tls: bool = False,
        shards: int | None = None,
        checkout: Path = ROOT,
        for_replay: bool = False,
        for_people: bool = False,
    ) -> None:
        self.directory = directory.resolve()
        self.ports = ports
        self.houses = houses.resolve()
        self.tls = tls
        self.shards = shards
        self.for_replay = for_replay
        self.for_people = for_people
        self.version = Version(checkout, self.houses, self.directory / "versions")

    @classmethod
    def recorded(cls, directory: Path) -> "Installation | None":
        """The one that was last prepared in this directory, with the ports it was given."""
        record = directory / "stack.json"
        if not record.exists():
            return None
        known = json.loads(record.read_text())
        return cls(
            directory,
            known["ports"],
            Path(known["houses"]),
            known.get("tls", False),
            known.get("shards"),
            for_replay=known.get("for_replay", False),
            for_people=known.get("for_people", False),
        )

    def prepare(self) -> None:
        """Writes every file that the programs need; keeps credentials and data that are there."""
        self.directory.mkdir(parents=True, exist_ok=True)
        record = {
            "ports": dict(self.ports),
            "houses": str(self.houses),
            "tls": self.tls,
            "shards": self.shards,
            "for_replay": self.for_replay,
            "for_people": self.for_people,
        }
        write_private(self.directory / "stack.json", json.dumps(record, indent=1))
        self.version.provide()
        credentials = Credentials.provide(self._secrets, self.topology, self.people)
        write_private(self._api_tokens, json.dumps(credentials.api_tokens(), indent=1))
        if self.people:
            write_private(self._identity, settings_text(self.issuer, self.desk_url, self.people, credentials))
        if self.certificates:
            self.certificates.provide(self._clients, datetime.now(UTC))
        self.broker.prepare(self.topology.definitions(credentials.broker))
        self.cluster.prepare()

    def remove(self) -> None:
        """Deletes all of it."""
        remove_cluster(self._postgres)
        shutil.rmtree(self.directory, ignore_errors=True)

    @cached_property
    def topology(self) -> Topology:
        return Topology.load(self.houses, self.shards)

    @property
    def credentials(self) -> Credentials:
        """As they are now: a rotation changes them while the stack runs."""
        return Credentials.read(self._secrets)

    @cached_property
    def people(self) -> Directory | None:
        """Who can sign in; None where nobody can."""
        return Directory.load() if self.for_people else None

    @property
    def issuer(self) -> str:
        """The identity provider's address, which is its name in tokens as well."""
        return f"http://127.0.0.1:{self.ports['identity']}"

    @property
    def desk_url(self) -> str:
        """The address that people enter."""
        return f"http://127.0.0.1:{self.ports['desk']}"

    @property
    def settings(self) -> Settings:
        services = self.topology.services
        at = {name: f"127.0.0.1:{port}" for name, port in self.ports.items()}
        processes = [*(name for service in services for name in (service, relay_of(service))), DESK]
        people = IdentityProvider(self.issuer, f"{self.issuer}/jwks", self.desk_url)
        return Settings(
            topology=self.topology,
            credentials=self.credentials,
            addresses=Addresses(
                broker=at["broker"],
                broker_metrics=at["broker-metrics"],
                databases=dict.fromkeys(self.topology.databases, at["postgres"]),
                listen={process: at[process] for process in processes},
                reach={process: self._replicas_of(process, at) for process in processes},
                apis={service: at[service] for service in services},
            ),
            houses=self.version.profiles,
            api_tokens=self._api_tokens,
            identity_provider=people if self.people else None,
            broker_tls=self.certificates,
            database_tls=self.certificates,
            watches_today=False,
        )

    def _replicas_of(self, process: str, at: Mapping[str, str]) -> list[str]:
        return [address for name, address in at.items() if name.partition(".")[0] == process]

    @property
    def certificates(self) -> Certificates | None:
        """None without TLS."""
        return Certificates(self.directory / "certificates") if self.tls else None

    @property
    def broker(self) -> Broker:
        names = ("broker", "broker-metrics", "broker-distribution", "broker-epmd")
        ports = BrokerPorts(*(self.ports[name] for name in names))
        tls = self.certificates.of(SERVER) if self.certificates else None
        return Broker(self.directory / "broker", ports, tls)

    @property
    def data(self) -> Path:
        """The databases' directory."""
        return place_for(self._postgres)

    @property
    def cluster(self) -> Cluster:
        credentials, tls = self.credentials, self.certificates.of if self.certificates else None
        former = credentials.former_postgres.get(LOCAL_CLUSTER, "")
        place, port = self._postgres, self.ports["postgres"]
        return Cluster(place, port, credentials.postgres[LOCAL_CLUSTER], tls, former_password=former)

    def service_programs(self, services: Sequence[str], replicas: int = 1) -> list[Program]:
        """So many workers and relays of each of these services; there must be ports for them."""
        workers = [
            self._python(service, f"services.{service}", self.settings.of_worker(service) | NO_NAMES)
            for service in services
        ]
        relays = [
            self._python(relay_of(service), "shared.messaging.relay", self.settings.of_relay(service), service)
            for service in services
        ]
        return [self._replica(each, number) for each in (*workers, *relays) for number in range(1, replicas + 1)]

    @property
    def infrastructure(self) -> list[Program]:
        """The broker and the databases. A change of a configuration file changes the program, so that it is seen."""
        port_mapper, broker = self.broker.programs
        return [
            port_mapper,
            _configured(broker, self.broker.configuration),
            _configured(self.cluster.program, self.cluster.configuration),
        ]

    @property
    def programs_for_people(self) -> list[Program]:
        """The desk and the identity provider, if people can sign in."""
        provider = self.settings.identity_provider
        if not provider:
            return []
        desk = self._python(DESK, DESK, self.settings.of_desk(provider))
        return [desk, provider_program(self.version.directory, self._identity)]

    def _python(self, name: str, module: str, environment: dict[str, str], *arguments: str) -> Program:
        command = [PYTHON, "-m", module, *arguments]
        return Program(name=name, command=command, directory=self.version.directory, environment=environment)

    def _replica(self, program: Program, number: int) -> Program:
        name = replica_of(program.name, number)
        listens = f"127.0.0.1:{self.ports[name]}"
        setting = "HTTP_ADDRESS" if "HTTP_ADDRESS" in program.environment else "RELAY_HTTP_ADDRESS"
        return replace(program, name=name, environment={**program.environment, setting: listens})

    def provide_databases(self) -> None:
        """Makes every database with its roles, in a cluster that runs, and sets every password."""
        cluster, passwords = self.cluster, self.credentials.databases
        if cluster.former_url:
            renew_password(cluster.url(), cluster.former_url)
        for name in self.databases:
            provide_service_database(
                cluster.url(), name, password=passwords[name], owner_password=passwords[owner_of(name)]
            )

    @property
    def databases(self) -> tuple[str, ...]:
        """Of every service; and of the desk, if people can sign in."""
        return self.topology.databases if self.people else self.topology.services

    @property
    def _clients(self) -> set[str]:
        """Every user of the broker and every role of the databases."""
        roles = (role for database in self.databases for role in (database, owner_of(database)))
        return {*self.topology.users, *roles, SUPERUSER}

    @property
    def _postgres(self) -> Path:
        return self.directory / "postgres"

    @property
    def _secrets(self) -> Path:
        return self.directory / "secrets.json"

    @property
    def _identity(self) -> Path:
        return self.directory / "identity.json"

    @property
    def _api_tokens(self) -> Path:
        return self.directory / "api-tokens.json"


def _configured(program: Program, files: Sequence[Path]) -> Program:
    digest = sha256(b"".join(file.read_bytes() for file in files if file.exists())).hexdigest()
    return replace(program, environment={**program.environment, "CONFIGURATION_SHA256": digest})
