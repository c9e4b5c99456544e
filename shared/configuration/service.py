"""The settings of every service's processes, and parsers of their values."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from shared.configuration.settings import SettingsError, setting
from shared.keys import Keys
from shared.tls_files import TlsFiles

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MOST_SHARDS = 16
WRAPS = "wraps the data keys of texts, in intake also those of subjects"


class Address(NamedTuple):
    """The host and port of a server."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def address(text: str) -> Address:
    """Parses `host:port`."""
    host, _, port = text.rpartition(":")
    if not host or not 0 <= int(port) <= 65535:
        raise ValueError
    return Address(host, int(port))


def key_that(purpose: str) -> str:
    """Describes a setting that holds one key, or several while a key is rotated."""
    return f"key that {purpose}: a number and 32 bytes in base64, `1:…`; while it is rotated several, `2:…,1:…`"


def url(*schemes: str) -> Callable[[str], str]:
    """A parser of URLs with one of these schemes."""

    def parse(text: str) -> str:
        if text.partition("://")[0] not in schemes:
            raise ValueError
        return text

    return parse


def url_or_none(text: str) -> str | None:
    """Parses an http or https URL; None for an empty text."""
    return url("http", "https")(text) if text else None


def log_level(text: str) -> str:
    """Parses the name of a log level."""
    if text not in LOG_LEVELS:
        raise ValueError
    return text


def days(text: str, *, least: int = 1) -> int:
    """Parses a whole number of days."""
    if int(text) < least:
        raise ValueError
    return int(text)


def file_or_none(text: str) -> Path | None:
    """Parses the path of an existing file; None for an empty text."""
    if text and not Path(text).is_file():
        raise ValueError
    return Path(text) if text else None


def shards(text: str) -> int:
    """Parses a number from 1 to MOST_SHARDS."""
    if not 1 <= int(text) <= MOST_SHARDS:
        raise ValueError
    return int(text)


BROKER_HEARTBEAT_SECONDS = 10
"""Broker and client give up a connection without heartbeats after two of these intervals."""


@dataclass(frozen=True, kw_only=True)
class ProcessSettings:
    """The settings of every worker and relay."""

    database_url: str = setting(
        "DATABASE_URL",
        "URL of the service's PostgreSQL database, postgresql://…",
        parse=url("postgresql", "postgres"),
        secret=True,
    )
    broker_url: str = setting(
        "BROKER_URL",
        "URL of RabbitMQ with the process's own user, amqp://… or amqps://…",
        parse=url("amqp", "amqps"),
        secret=True,
    )
    broker_ca: Path | None = setting(
        "BROKER_CA", "with amqps: PEM file with the CA of broker and clients", default="", parse=file_or_none
    )
    broker_certificate: Path | None = setting(
        "BROKER_CERTIFICATE", "with amqps: PEM file with the process's own certificate", default="", parse=file_or_none
    )
    broker_key: Path | None = setting(
        "BROKER_KEY", "with amqps: PEM file with the key of that certificate", default="", parse=file_or_none
    )
    message_key: Keys = setting("MESSAGE_KEY", key_that("seals message bodies at rest"), parse=Keys.parse, secret=True)
    log_level: str = setting("LOG_LEVEL", "one of " + ", ".join(LOG_LEVELS), default="INFO", parse=log_level)

    def __post_init__(self) -> None:
        """Raises SettingsError if the TLS files and the scheme of BROKER_URL contradict each other."""
        given = [file is not None for file in (self.broker_ca, self.broker_certificate, self.broker_key)]
        if {*given} != {self.broker_url.startswith("amqps:")}:
            raise SettingsError(
                "settings: BROKER_CA, BROKER_CERTIFICATE and BROKER_KEY go together, and with a BROKER_URL amqps://…"
            )

    @property
    def broker_tls(self) -> TlsFiles | None:
        """The TLS files for the broker; None without TLS."""
        if self.broker_ca and self.broker_certificate and self.broker_key:
            return TlsFiles(self.broker_ca, self.broker_certificate, self.broker_key)
        return None


@dataclass(frozen=True, kw_only=True)
class ServiceSettings(ProcessSettings):
    """The settings of every worker."""

    http_address: Address = setting(
        "HTTP_ADDRESS", "host:port where the HTTP API listens", default="127.0.0.1:8000", parse=address
    )
    master_key: Keys = setting("MASTER_KEY", key_that(WRAPS), parse=Keys.parse, secret=True)
    houses: Path = setting("HOUSES", "directory of the house profiles", default="houses", parse=Path)
    api_tokens: Path = setting("API_TOKENS", "JSON file with the callers of the HTTP API", parse=Path)
    oidc_issuer: str | None = setting(
        "OIDC_ISSUER",
        "the OpenID provider whose access tokens admit people and programs; without it only the token file does",
        default="",
        parse=url_or_none,
    )
    oidc_keys_url: str | None = setting(
        "OIDC_KEYS_URL", "with OIDC_ISSUER: URL of the provider's public keys (JWKS)", default="", parse=url_or_none
    )
    oidc_audience: str = setting("OIDC_AUDIENCE", "the audience that an access token must name", default="ketenhuis")
    event_shards: int = setting(
        "EVENT_SHARDS",
        f"how many queues its events come in, 1 to {MOST_SHARDS}, as in the topology",
        default="1",
        parse=shards,
    )

    def __post_init__(self) -> None:
        """Raises SettingsError also if one of the provider's settings is missing."""
        super().__post_init__()
        if bool(self.oidc_issuer) != bool(self.oidc_keys_url):
            raise SettingsError("settings: OIDC_ISSUER and OIDC_KEYS_URL go together")
