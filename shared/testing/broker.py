"""A private RabbitMQ node, with its own directory, ports and epmd, on 127.0.0.1 only."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pika
from pika.exceptions import AMQPError, ProbableAuthenticationError

from shared.testing.program import Program, inherited
from shared.testing.waiting import free_ports, is_free
from shared.tls_files import TlsFiles

# Debian's wrapper in /usr/sbin admits only the users root and rabbitmq; this script admits all.
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
IMAGES = Path(__file__).parents[2] / "deploy/images"
START_GUARD = (
    "-eval {{ok,M,B}}=compile:file('{images}/connection_guard',[binary]),"
    "{{module,M}}=code:load_binary(M,'connection_guard.erl',B),M:start()."
)
"""Makes a node compile and start the guard. No spaces after `-eval`: the start script would break the text there."""

IN_THE_CLEAR = "listeners.tcp.1 = 127.0.0.1:{port}\n"
# A client needs a certificate signed by the CA, and also its password.
OVER_TLS = """\
listeners.tcp = none
listeners.ssl.1 = 127.0.0.1:{port}
ssl_options.cacertfile = {tls.ca}
ssl_options.certfile = {tls.certificate}
ssl_options.keyfile = {tls.key}
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
"""
CONFIGURATION = """\
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = {ports.metrics}
load_definitions = {definitions}
log.console = true
log.file = false
vm_memory_high_watermark.absolute = 512MiB
disk_free_limit.absolute = 256MiB
raft.wal_max_size_bytes = 33554432
# Metrics come from Prometheus; there is no management page.
management_agent.disable_metrics_collector = true
"""


@dataclass(frozen=True)
class BrokerPorts:
    """The ports of a node: for clients, Prometheus, the Erlang distribution and its port mapper."""

    amqp: int
    metrics: int
    distribution: int
    epmd: int

    @classmethod
    def free(cls) -> "BrokerPorts":
        return cls(*free_ports(4))


@dataclass(frozen=True)
class Broker:
    """A private node. Call `prepare`, then run both `programs`. The node listens after it has loaded the definitions.

    tls: the node's files, to listen over TLS only; clients then need a certificate of the same CA. images: where the
    limits for its clients are, and the module that guards connections.
    """

    directory: Path
    ports: BrokerPorts
    tls: TlsFiles | None = None
    images: Path = IMAGES

    def prepare(self, definitions: Mapping[str, Any]) -> None:
        """Write the configuration files; the node's database is kept."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        loaded = self.directory / "definitions.json"
        loaded.touch(mode=0o600)
        loaded.write_text(json.dumps(definitions, indent=1))
        configuration = CONFIGURATION.format(ports=self.ports, definitions=loaded)
        listeners = (OVER_TLS if self.tls else IN_THE_CLEAR).format(port=self.ports.amqp, tls=self.tls)
        limits = (self.images / "rabbitmq-limits.conf").read_text()
        (self.directory / "rabbitmq.conf").write_text(listeners + configuration + limits)
        (self.directory / "enabled_plugins").write_text("[rabbitmq_prometheus].\n")

    @property
    def programs(self) -> tuple[Program, Program]:
        """The port mapper and the node. A node without its own mapper would start one that outlives it."""
        return (
            Program(
                name="epmd",
                command=[_epmd(), "-port", str(self.ports.epmd), "-address", "127.0.0.1"],
                directory=self.directory,
            ),
            Program(name="broker", command=[str(SERVER)], directory=self.directory, environment=self._environment),
        )

    @property
    def configuration(self) -> tuple[Path, ...]:
        """The files that the node reads when it starts."""
        names = ("rabbitmq.conf", "advanced.config", "rabbitmq-env.conf", "enabled_plugins")
        return (*(self.directory / name for name in names), self.images / "connection_guard.erl")

    def take_cookie(self, cookie: str) -> None:
        """Give `control` and the node, while it runs or when it starts, this secret of the Erlang cluster.

        Nodes of a cluster that are connected stay so: the cookie is asked for when a connection begins.
        """
        file = self.directory / ".erlang.cookie"
        if file.exists() and file.read_text() != cookie and not is_free(self.ports.amqp):
            self.control("eval", f'erlang:set_cookie(list_to_atom("{cookie}")).')
        new = file.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(cookie)
        new.replace(file)

    def load_definitions(self) -> None:
        """Have the running node take over what `prepare` wrote: new users, queues, bindings, policies."""
        self.control("import_definitions", str(self.directory / "definitions.json"))

    def url(self, user: str, password: str, virtual_host: str) -> str:
        return f"amqp://{user}:{password}@127.0.0.1:{self.ports.amqp}/{virtual_host}"

    @property
    def metrics_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.metrics}/metrics"

    def is_ready(self, url: str) -> bool:
        """Whether the node answers the user in this URL, if only that it has another password until now."""
        if is_free(self.ports.amqp):  # checked first, because pika logs an error for each refused connection
            return False
        try:
            pika.BlockingConnection(pika.URLParameters(url)).close()
        except ProbableAuthenticationError:
            return True
        except (AMQPError, OSError):
            return False
        return True

    def control(self, *arguments: str) -> str:
        """What `rabbitmqctl` answers. Raises RuntimeError."""
        environment = inherited() | self._environment
        del environment["RUNNING_UNDER_SYSTEMD"]
        command = [str(SERVER.with_name("rabbitmqctl")), "--quiet", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"rabbitmqctl {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    @property
    def _environment(self) -> dict[str, str]:
        place = self.directory
        start_guard = START_GUARD.format(images=self.images)
        return {
            "HOME": str(place),
            "ERL_EPMD_PORT": str(self.ports.epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"private-{self.ports.amqp}@localhost",
            "RABBITMQ_DIST_PORT": str(self.ports.distribution),
            "RABBITMQ_MNESIA_BASE": str(place / "data"),
            "RABBITMQ_LOG_BASE": str(place / "data" / "log"),
            "RABBITMQ_CONFIG_FILE": str(place / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(place / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(place / "rabbitmq-env.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(place / "enabled_plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"-kernel inet_dist_use_interface {{127,0,0,1}} {start_guard}",
            # For several nodes on a small machine: threads that do not spin and are not bound to a core.
            "RABBITMQ_SCHEDULER_BIND_TYPE": "u",
            "RABBITMQ_SCHEDULER_BUSY_WAIT_THRESHOLD": "none",
            "RABBITMQ_MAX_NUMBER_OF_PROCESSES": "65536",
            "RABBITMQ_MAX_NUMBER_OF_ATOMS": "1000000",
            # Makes the start script exec the node, instead of waiting for it in a shell.
            "RUNNING_UNDER_SYSTEMD": "true",
        }


def _epmd() -> str:
    path = shutil.which("epmd")
    if path is None or not SERVER.exists():
        raise FileNotFoundError("RabbitMQ is not installed: run make install.")
    return path
