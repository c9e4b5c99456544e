"""The environment of every process of the platform, wherever it runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.certificates import Certificates
from deploy.credentials import Credentials
from deploy.topology import Topology
from shared.postgres.roles import owner_of


def relay_of(service: str) -> str:
    """The name of a service's relay, as a process and as a broker user."""
    return f"{service}-relay"


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """host:port of everything. `listen` and `reach` are by process: each service and its relay.

    reach: of each replica, or one for all whose host has the addresses of all.
    """

    broker: str
    broker_metrics: str
    databases: Mapping[str, str]
    listen: Mapping[str, str]
    reach: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class IdentityProvider:
    """issuer: its name in tokens, the address to which browsers go. keys_url: where the services read its keys."""

    issuer: str
    keys_url: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Knows the settings of each worker, relay and migration.

    broker_tls, database_tls: the certificates of their clients, as the processes see them; None for links in the clear.
    identity_provider: where the people who call sign in; None where only the token file admits.
    watches_today: not where a year that is past is played.
    """

    topology: Topology
    credentials: Credentials
    addresses: Addresses
    houses: Path
    api_tokens: Path
    identity_provider: IdentityProvider | None = None
    broker_tls: Certificates | None = None
    database_tls: Certificates | None = None
    watches_today: bool = True

    def of_worker(self, service: str) -> dict[str, str]:
        return {
            **self._common(service),
            **self._particular(service),
            **self._broker(service),
            "HTTP_ADDRESS": self.addresses.listen[service],
            "HOUSES": str(self.houses),
            "API_TOKENS": str(self.api_tokens),
            "EVENT_SHARDS": str(self.topology.shards),
            **self._identity(),
        }

    def of_relay(self, service: str) -> dict[str, str]:
        relay = relay_of(service)
        return {
            **self._common(service),
            **self._broker(relay),
            "RELAY_HTTP_ADDRESS": self.addresses.listen[relay],
        }

    def of_migration(self, service: str) -> dict[str, str]:
        return {"MIGRATION_DATABASE_URL": self.database_url(service, owner_of(service))}

    def broker_url(self, user: str) -> str:
        password = self.credentials.broker[user]
        scheme = "amqps" if self.broker_tls else "amqp"
        return f"{scheme}://{user}:{password}@{self.addresses.broker}/{self.topology.virtual_host}"

    def database_url(self, service: str, role: str) -> str:
        password = self.credentials.databases[role]
        url = f"postgresql://{role}:{password}@{self.addresses.databases[service]}/{service}"
        return f"{url}?{self.database_tls.of(role).in_database_url()}" if self.database_tls else url

    def _identity(self) -> dict[str, str]:
        known = self.identity_provider
        return {"OIDC_ISSUER": known.issuer, "OIDC_KEYS_URL": known.keys_url} if known else {}

    def _broker(self, user: str) -> dict[str, str]:
        settings = {"BROKER_URL": self.broker_url(user)}
        if self.broker_tls:
            tls = self.broker_tls.of(user)
            files = {"BROKER_CA": tls.ca, "BROKER_CERTIFICATE": tls.certificate, "BROKER_KEY": tls.key}
            settings |= {name: str(file) for name, file in files.items()}
        return settings

    def _common(self, service: str) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url(service, service),
            "MESSAGE_KEY": self.credentials.message_keys[service],
            "LOG_LEVEL": "INFO",
        }

    def _particular(self, service: str) -> dict[str, str]:
        if service == "intake":
            return self.credentials.intake_keys
        if service == "reporting":
            return {"SCRAPE_TARGETS": self._scrape_targets()}
        if service == "aftercare" and not self.watches_today:
            return {"WATCH_SECONDS": "0"}
        return {}

    def _scrape_targets(self) -> str:
        processes = [f"{name}=http://{each}/metrics" for name, all in self.addresses.reach.items() for each in all]
        return ",".join([*processes, f"broker=http://{self.addresses.broker_metrics}/metrics"])
