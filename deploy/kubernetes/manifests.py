"""Fills the templates: what each service, process and queue of the topology needs in the cluster."""

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from string import Template
from textwrap import indent
from typing import Any

import yaml  # type: ignore[import-untyped]

from deploy.kubernetes import installation as cluster
from deploy.kubernetes.confidential import CONFIDENTIAL, Manifest
from deploy.kubernetes.installation import Installation, database_of, files_of
from deploy.settings import Settings, relay_of
from deploy.topology import DESK
from shared.postgres.roles import owner_of
from shared.testing.broker import IMAGES, START_GUARD

DEPLOY = Path(__file__).parents[1]
TEMPLATES = Path(__file__).with_name("templates")
PORTS = (
    "HTTP_PORT",
    "BROKER_PORT",
    "BROKER_METRICS_PORT",
    "POSTGRES_PORT",
    "POSTGRES_METRICS_PORT",
    "IDENTITY_PORT",
)
MOST_DESKS = 6
"""A desk answers some hundred people."""
PLACEHOLDER = re.compile(r"\\{\w+\\}")


class Manifests:
    """Everything but the Secrets, in the steps in which it is applied.

    houses: the directory of the house profiles.
    """

    def __init__(self, installation: Installation, settings: Settings, houses: Path) -> None:
        self._installation = installation
        self._settings = settings
        self._topology = settings.topology
        self._houses = {file.name: file.read_text() for file in sorted(houses.glob("*.toml"))}

    def foundation(self) -> Iterator[Manifest]:
        """The namespace, and who may talk to whom in it."""
        yield from self._filled("namespace")
        blocks = self._blocks("identity_provider")
        for service in self._topology.services:
            yield from self._filled("service-network", service=service, identity_blocks=blocks)
        yield from self._filled("desk-network", service=DESK, identity_blocks=blocks)

    def stores(self) -> Iterator[Manifest]:
        """The broker and the databases."""
        yield from self._broker()
        yield from self._filled("backups")
        for name in self._topology.databases:
            yield from self._filled("database", service=name, owner=owner_of(name))

    def migrations(self) -> Iterator[Manifest]:
        """One job for each database and version of the image."""
        version = self._installation.file["images"]["platform"].rpartition(":")[2].replace(".", "-").lower()
        for name in self._topology.databases:
            yield from self._filled("migration", service=name, version=version)

    def processes(self) -> Iterator[Manifest]:
        """Every worker and relay, the desk, and the profiles that workers and desk read."""
        for name, text in self._houses.items():
            yield _config_map(_house_map(name), {name: text})
        for service in self._topology.services:
            yield from self._worker(service)
            yield from self._relay(service)
        yield from self._desk()

    def monitoring(self) -> Iterator[Manifest]:
        """Who is asked for metrics, the alerts and the dashboards, as Prometheus and Grafana have them in Compose."""
        yield from self._filled("monitoring")
        alerts = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text())
        kind = {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule"}
        yield {**kind, "metadata": {"name": "ketenhuis"}, "spec": alerts}
        for file in sorted((DEPLOY / "grafana/dashboards").glob("*.json")):
            yield _config_map(f"dashboard-{file.stem}", {file.name: file.read_text()}, grafana_dashboard="1")

    def _broker(self) -> Iterator[Manifest]:
        yield _config_map("broker-guard", {"connection_guard.erl": (IMAGES / "connection_guard.erl").read_text()})
        yield from self._filled(
            "broker",
            partner_blocks=self._blocks("partners"),
            limits=indent((IMAGES / "rabbitmq-limits.conf").read_text(), 6 * " ").strip(),
            start_guard=START_GUARD.format(images="/guard"),
        )

    def _worker(self, service: str) -> Iterator[Manifest]:
        yield from self._process(
            service,
            service=service,
            kind="worker",
            command=["python", "-m", f"services.{service}"],
            settings=self._settings.of_worker(service),
            files=[{"secret": {"name": files_of(service)}}, *self._house_files()],
        )
        yield from self._scaled(service, service, self._waiting_for(service))

    def _relay(self, service: str) -> Iterator[Manifest]:
        relay = relay_of(service)
        yield from self._process(
            relay,
            service=service,
            kind="relay",
            command=["python", "-m", "shared.messaging.relay", service],
            settings=self._settings.of_relay(service),
            files=[{"secret": {"name": files_of(relay)}}],
        )
        waiting = f'sum(messaging_outbox_waiting{{namespace="{self._installation.namespace}",service="{service}"}})'
        yield from self._scaled(relay, service, waiting)

    def _desk(self) -> Iterator[Manifest]:
        yield from self._process(
            DESK,
            service=DESK,
            kind=DESK,
            command=["python", "-m", DESK],
            settings=self._settings.of_desk(self._installation.identity_provider),
            files=[{"secret": {"name": files_of(DESK)}}, *self._house_files()],
        )
        yield from self._filled("desk-scaling", process=DESK, most=MOST_DESKS)

    def _house_files(self) -> Iterator[Manifest]:
        return ({"configMap": {"name": _house_map(name), "items": _below("houses", name)}} for name in self._houses)

    def _process(
        self, process: str, *, service: str, settings: dict[str, str], **particular: Any
    ) -> Iterable[Manifest]:
        told = [settings, self._houses]
        return self._filled(
            "process",
            process=process,
            service=service,
            settings={name: value for name, value in settings.items() if name not in CONFIDENTIAL},
            fingerprint=sha256(json.dumps(told).encode()).hexdigest()[:16],
            **particular,
        )

    def _scaled(self, process: str, service: str, backlog_query: str) -> Iterable[Manifest]:
        """As many as the messages that wait ask for."""
        most = max(self._installation.file["processes"]["least"], len(self._shards(service)))
        return self._filled("scaling", process=process, most=most, backlog_query=json.dumps(backlog_query))

    def _shards(self, service: str) -> list[str]:
        """The queues of a service's events."""
        read = self._topology.users[service].reads
        return [queue.name for queue in self._topology.queues if queue.kind == "service" and queue.name in read]

    def _waiting_for(self, service: str) -> str:
        """PromQL: how many messages wait for a worker. Each queue counts once, whatever a node remembers of it."""
        names = [_literally(name) for name in self._shards(service)]
        partners = self._topology.file["partners"]
        if service == partners["door"]:
            names.append(PLACEHOLDER.sub(".+", _literally(partners["ingress_queue"])))
        wanted = f'namespace="{self._installation.namespace}",queue=~"{"|".join(names)}"'
        return f"sum(max by (queue) (rabbitmq_detailed_queue_messages_ready{{{wanted}}}))"

    def _blocks(self, of: str) -> list[Manifest]:
        """The networks of the partners or of the identity provider."""
        return [{"ipBlock": {"cidr": block}} for block in self._installation.file["network"][of]]

    def _filled(self, template: str, *, service: str = "", **particular: Any) -> Iterable[Manifest]:
        """The documents of a template, in the installation's namespace."""
        values = {
            **self._installation.values,
            **{name: getattr(cluster, name) for name in PORTS},
            "SETTINGS": cluster.MOUNTED,
            "service": service,
            "database": database_of(service),
            **particular,
        }
        text = Template((TEMPLATES / f"{template}.yaml").read_text())
        return yaml.safe_load_all(text.substitute({name: _as_text(value) for name, value in values.items()}))  # type: ignore[no-any-return]


def memory_of_a_process() -> int:
    """The bytes that a worker or relay may take: the cluster ends one that takes more."""
    [limits] = re.findall(r"limits: \{.*memory: (\d+)Mi\}", (TEMPLATES / "process.yaml").read_text())
    return int(limits) * 1024**2


def _as_text(value: Any) -> str:
    """Lists and mappings as JSON, which is YAML too."""
    return json.dumps(value) if isinstance(value, list | dict) else str(value)


def _literally(name: str) -> str:
    """A regular expression that PromQL's quotes leave alone."""
    return re.escape(name).replace("\\.", "[.]").replace("\\-", "-")


def _house_map(file: str) -> str:
    return f"house-{Path(file).stem}"


def _below(directory: str, name: str) -> list[dict[str, str]]:
    return [{"key": name, "path": f"{directory}/{name}"}]


def _config_map(name: str, data: dict[str, str], **labels: str) -> Manifest:
    metadata = {"name": name, "labels": labels} if labels else {"name": name}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}
