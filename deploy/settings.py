"""The environment of every process of the platform, wherever it runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.certificates import Certificates
from deploy.credentials import Credentials
from deploy.topology import DESK, Topology
from shared.postgres.roles import owner_of


def relay_of(service: str) -> str:
    """The name of a service's relay, as a process and as a broker user."""
    return f"{service}-relay"


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """host:port of everything. `listen` and `reach` are by process: services, relays and the desk.

    reach: of each replica, or one for all whose host has the addresses of all. apis: of each service, any replica.
    database_metrics: of the databases that tell of their backups.
    """

    broker: str
    broker_metrics: str
    databases: Mapping[str, str]
    listen: Mapping[str, str]
    reach: Mapping[str, Sequence[str]]
    apis: Mapping[str, str]
    database_metrics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IdentityProvider:
    """issuer: its name in tokens, the address to which browsers go. keys_url: where the services read its keys.

    desk_url: the address of the desk in browsers. configuration_url: where the desk reads what the provider says of
    itself; empty where that is below the issuer.
    """

    issuer: str
    keys_url: str
    desk_url: str
    configuration_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Knows the settings of each worker, relay and migration.

    broker_tls, database_tls: the certificates of their clients, as the processes see them; None for links in the clear.
    identity_provider: where the people who call sign in; None where only the token file admits.
    proxies: how many stand before the desk. watches_today: not where a year that is past is played.
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
    proxies: int = 0

    def of_worker(self, service: str) -> dict[str, str]:
        return {
            **self._common(service),
            **self._particular(service),
            **self._broker(service),
            "MASTER_KEY": self.credentials.master_keys[service],
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

    def of_desk(self, provider: IdentityProvider) -> dict[str, str]:
        services = {f"{name.upper()}_URL": f"http://{address}" for name, address in self.addresses.apis.items()}
        return {
            **services,
            "DATABASE_URL": self.database_url(DESK, DESK),
            "DESK_ADDRESS": self.addresses.listen[DESK],
            "DESK_URL": provider.desk_url,
            "SESSION_KEY": self.credentials.session_key,
            "OIDC_ISSUER": provider.issuer,
            "OIDC_CONFIGURATION_URL": provider.configuration_url,
            "OIDC_CLIENT_ID": DESK,
            "OIDC_CLIENT_SECRET": self.credentials.clients[DESK],
            "HOUSES": str(self.houses),
            "TRUSTED_PROXIES": str(self.proxies),
            "LOG_LEVEL": "INFO",
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
        reach = {name: all for name, all in self.addresses.reach.items() if name != DESK or self.identity_provider}
        processes = [f"{name}=http://{each}/metrics" for name, all in reach.items() for each in all]
        databases = [f"{name}-postgres=http://{at}/metrics" for name, at in self.addresses.database_metrics.items()]
        return ",".join([*processes, *databases, f"broker=http://{self.addresses.broker_metrics}/metrics"])
