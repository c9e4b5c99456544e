"""Runs one service until SIGTERM or SIGINT.

# services/<name>/__main__.py
import eventlet
eventlet.monkey_patch()
...
run_service(Weighing, from_environment(ServiceSettings))
"""

import os
import signal
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

import eventlet
from nameko.constants import DEFAULT_TRANSPORT_OPTIONS
from nameko.runners import ServiceRunner

from shared.certificates import tell_when_certificates_end
from shared.collecting import collect_seldom
from shared.configuration import BROKER_HEARTBEAT_SECONDS, ServiceSettings
from shared.observability.logs import configure_logging, get_logger

STOP_SECONDS = 20.0
"""The time limit of a graceful stop."""
TCP_KEEPALIVE = {socket.TCP_KEEPIDLE: BROKER_HEARTBEAT_SECONDS, socket.TCP_KEEPINTVL: BROKER_HEARTBEAT_SECONDS // 2}
"""Seconds. Heartbeats are not checked until all channels are open and all queues have consumers: the kernel must detect
a lost broker. The defaults of py-amqp take 70 seconds."""


def run_service(service: type, settings: ServiceSettings) -> None:
    """Run a service class until SIGTERM or SIGINT; running batches and requests are finished first.

    Extensions find the settings in `container.config["settings"]`.
    """
    configure_logging(service.name, settings.log_level)  # type: ignore[attr-defined]
    tell_when_certificates_end(settings)
    runner = ServiceRunner(nameko_config(settings))
    runner.add_service(service)
    eventlet.spawn_n(_stop_on_signal, runner)
    runner.start()
    collect_seldom()
    get_logger().info("service started", address=str(settings.http_address))
    runner.wait()
    get_logger().info("service stopped")


def nameko_config(settings: ServiceSettings) -> dict[str, Any]:
    """nameko's configuration, with the service's settings under the key `settings`."""
    return {
        "AMQP_URI": settings.broker_url,
        "AMQP_SSL": _tls_of(settings),
        "HEARTBEAT": BROKER_HEARTBEAT_SECONDS,
        "TRANSPORT_OPTIONS": {**DEFAULT_TRANSPORT_OPTIONS, "socket_settings": TCP_KEEPALIVE},
        "WEB_SERVER_ADDRESS": str(settings.http_address),
        "settings": settings,
    }


def _tls_of(settings: ServiceSettings) -> dict[str, Any] | None:
    """py-amqp's TLS options, with the broker's host name: without a name, py-amqp would not check it."""
    if not (tls := settings.broker_tls):
        return None
    return {
        "ca_certs": tls.ca,
        "certfile": tls.certificate,
        "keyfile": tls.key,
        "cert_reqs": ssl.CERT_REQUIRED,
        "server_hostname": urlsplit(settings.broker_url).hostname,
    }


def _stop_on_signal(runner: ServiceRunner) -> None:
    wakeup_reader, wakeup_writer = socket.socketpair()
    # a signal handler must not wait, and only a socket wakes an idle eventlet hub
    signal.set_wakeup_fd(wakeup_writer.fileno())
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: None)
    wakeup_reader.recv(1)
    with eventlet.Timeout(STOP_SECONDS, exception=False):
        runner.stop()
        return
    # an extension waits in vain, for example for a lost broker; uncommitted work is redone after the next start
    get_logger().error("service did not stop in time, so it is ended")
    os._exit(1)
