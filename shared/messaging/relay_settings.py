"""The settings of a relay."""

import ssl
from dataclasses import dataclass
from functools import partial

import pika

from shared.audit.settings import audit_days
from shared.configuration import BROKER_HEARTBEAT_SECONDS, Address, ProcessSettings, setting
from shared.configuration.service import address, days

FEWEST_INBOX_DAYS = 35
"""A message may lie so long with its sender, in a queue or in somebody's hands before it comes again."""


@dataclass(frozen=True, kw_only=True)
class RelaySettings(ProcessSettings):
    """The names of the worker's settings; BROKER_URL has the relay's own user."""

    relay_http_address: Address = setting(
        "RELAY_HTTP_ADDRESS", "host:port of the relay's health and metrics", default="127.0.0.1:8001", parse=address
    )
    stream_days: int = setting(
        "STREAM_DAYS", "days for which a partner can ask again for what it was sent", default="35", parse=days
    )
    command_days: int = setting(
        "COMMAND_DAYS", "days for which a command with the same key gets the same answer", default="7", parse=days
    )
    refused_days: int = setting(
        "REFUSED_DAYS",
        "days for which a refused message is kept whose sender was told why; then it is only counted",
        default="35",
        parse=days,
    )
    inbox_days: int = setting(
        "INBOX_DAYS",
        f"days for which a message that comes again has no second effect, at least {FEWEST_INBOX_DAYS}",
        default="400",
        parse=partial(days, least=FEWEST_INBOX_DAYS),
    )
    parking_log_days: int = setting(
        "PARKING_LOG_DAYS",
        "days for which it is known who did what to which parked message",
        default="1830",
        parse=days,
    )
    audit_days: int = audit_days()

    def broker_parameters(self) -> pika.URLParameters:
        """pika's parameters of the connection. Raises OSError, ssl.SSLError for unreadable TLS files."""
        parameters = pika.URLParameters(self.broker_url)
        parameters.heartbeat = BROKER_HEARTBEAT_SECONDS
        parameters.tcp_options = {"TCP_USER_TIMEOUT": 1000 * BROKER_HEARTBEAT_SECONDS}
        if tls := self.broker_tls:
            context = ssl.create_default_context(cafile=tls.ca)  # checks the broker's name too
            context.load_cert_chain(tls.certificate, tls.key)
            parameters.ssl_options = pika.SSLOptions(context, parameters.host)
        return parameters
