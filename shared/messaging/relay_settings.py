"""What a relay is told by its environment."""

from dataclasses import dataclass

from shared.configuration import Address, setting
from shared.configuration.service import address, key_of_32_bytes, log_level, url


def days(text: str) -> int:
    """A whole number of days, at least one."""
    if int(text) < 1:
        raise ValueError
    return int(text)


@dataclass(frozen=True, kw_only=True)
class RelaySettings:
    """The same names as the service's own settings, with the relay's own user at the broker."""

    database_url: str = setting(
        "DATABASE_URL", "URL of the service's PostgreSQL database", parse=url("postgresql", "postgres"), secret=True
    )
    broker_url: str = setting(
        "BROKER_URL", "URL of RabbitMQ with the relay's own user", parse=url("amqp", "amqps"), secret=True
    )
    message_key: bytes = setting(
        "MESSAGE_KEY", "32 bytes in base64 that seal message bodies at rest", parse=key_of_32_bytes, secret=True
    )
    relay_http_address: Address = setting(
        "RELAY_HTTP_ADDRESS", "host:port of the relay's health and metrics", default="127.0.0.1:8001", parse=address
    )
    stream_days: int = setting(
        "STREAM_DAYS", "days for which a partner can ask again for what it was sent", default="35", parse=days
    )
    log_level: str = setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", default="INFO", parse=log_level)
