"""Runs one service until it is told to stop.

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

from shared.collecting import collect_seldom
from shared.configuration import BROKER_HEARTBEAT_SECONDS, ServiceSettings
from shared.observability.logs import configure_logging, get_logger

STOP_SECONDS = 20.0
"""How long a graceful stop may take."""
WITHOUT_A_WORD = {socket.TCP_KEEPIDLE: BROKER_HEARTBEAT_SECONDS, socket.TCP_KEEPINTVL: BROKER_HEARTBEAT_SECONDS // 2}
"""Seconds. While channels are opened and queues subscribed to, nobody looks at heartbeats: the kernel must notice that
the broker is cut off. py-amqp would have it try for 70 seconds."""


def run_service(service: type, settings: ServiceSettings) -> None:
    """Run a service class; SIGTERM and SIGINT stop it after what is in hand, and this returns.

    Extensions find the settings in `container.config["settings"]`.
    """
    configure_logging(service.name, settings.log_level)  # type: ignore[attr-defined]
    runner = ServiceRunner(nameko_config(settings))
    runner.add_service(service)
    eventlet.spawn_n(_stop_when_told, runner)
    runner.start()
    collect_seldom()
    get_logger().info("service started", address=str(settings.http_address))
    runner.wait()
    get_logger().info("service stopped")


def nameko_config(settings: ServiceSettings) -> dict[str, Any]:
    """nameko's own configuration, with the settings beside it."""
    return {
        "AMQP_URI": settings.broker_url,
        "AMQP_SSL": _tls_of(settings),
        "HEARTBEAT": BROKER_HEARTBEAT_SECONDS,
        "TRANSPORT_OPTIONS": {**DEFAULT_TRANSPORT_OPTIONS, "socket_settings": WITHOUT_A_WORD},
        "WEB_SERVER_ADDRESS": str(settings.http_address),
        "settings": settings,
    }


def _tls_of(settings: ServiceSettings) -> dict[str, Any] | None:
    """py-amqp's options. It checks the broker's name only if it is given one."""
    if not (tls := settings.broker_tls):
        return None
    return {
        "ca_certs": tls.ca,
        "certfile": tls.certificate,
        "keyfile": tls.key,
        "cert_reqs": ssl.CERT_REQUIRED,
        "server_hostname": urlsplit(settings.broker_url).hostname,
    }


def _stop_when_told(runner: ServiceRunner) -> None:
    told, tell = socket.socketpair()
    # a handler may not wait, and only a socket wakes a hub that has nothing to do
    signal.set_wakeup_fd(tell.fileno())
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: None)
    told.recv(1)
    with eventlet.Timeout(STOP_SECONDS, exception=False):
        runner.stop()
        return
    # something waits for what does not come, such as a broker that is away; ending here loses nothing
    get_logger().error("service did not stop in time, so it is ended")
    os._exit(1)
