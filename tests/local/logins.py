"""Whether the stores of a stack let somebody in."""

import pika
import psycopg
from pika.exceptions import ProbableAuthenticationError

from deploy.local.stack import LocalStack


def lets_in(url: str) -> bool:
    """Whether the broker or the database in this URL accepts its user and password."""
    try:
        if url.startswith("postgresql:"):
            psycopg.connect(url).close()
        else:
            pika.BlockingConnection(pika.URLParameters(url)).close()
    except (psycopg.OperationalError, ProbableAuthenticationError):
        return False
    return True


def logins(stack: LocalStack) -> list[str]:
    """A URL of everybody who logs in, but partners: the superuser, roles of databases, users of the broker."""
    settings, topology = stack.installation.settings, stack.installation.topology
    roles = [(service, role) for service in topology.services for role in (service, f"{service}_owner")]
    of_databases = [settings.database_url(service, role) for service, role in roles]
    of_broker = [stack.amqp_url(user) for user in topology.users if "." not in user]
    return [stack.installation.cluster.url(), *of_databases, *of_broker]
