"""The test broker: its topology, its users, and an administrator with all permissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

import pika

from shared.testing.broker import Broker

ADMINISTRATOR = "administrator"
ADMINISTRATOR_PASSWORD = token_urlsafe()


@dataclass(frozen=True)
class BrokerSetup:
    """RabbitMQ definitions and the passwords of the users in them."""

    virtual_host: str
    definitions: Mapping[str, Any]
    passwords: Mapping[str, str]

    def with_administrator(self) -> dict[str, Any]:
        """The definitions with an administrator, for tests that declare queues or read any queue."""
        user = {"name": ADMINISTRATOR, "password": ADMINISTRATOR_PASSWORD, "tags": "administrator"}
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        permission = {"user": ADMINISTRATOR, "vhost": self.virtual_host, **everything}
        users = [*self.definitions.get("users", []), user]
        return {
            **self.definitions,
            "users": users,
            "permissions": [*self.definitions.get("permissions", []), permission],
        }

    @property
    def queues(self) -> list[str]:
        return [queue["name"] for queue in self.definitions.get("queues", [])]


@dataclass(frozen=True)
class RunningBroker:
    """A running private node."""

    node: Broker
    setup: BrokerSetup

    def url(self, user: str) -> str:
        """The AMQP URL of one of the topology's users."""
        return self.node.url(user, self.setup.passwords[user], self.setup.virtual_host)

    @property
    def administrator_url(self) -> str:
        return self.node.url(ADMINISTRATOR, ADMINISTRATOR_PASSWORD, self.setup.virtual_host)

    def purge(self) -> None:
        """Empty all queues of the topology."""
        connection = pika.BlockingConnection(pika.URLParameters(self.administrator_url))
        channel = connection.channel()
        for queue in self.setup.queues:
            channel.queue_purge(queue)
        connection.close()
