"""The settings of the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.configuration import service
from shared.configuration.service import LOG_LEVELS, Address, key_that, log_level
from shared.configuration.settings import setting
from shared.keys import Keys

http = service.url("http", "https")


def _service(name: str) -> str:
    """A setting with the address of one service."""
    described = f"address of the {name} service's HTTP API, http://… or https://…"
    return setting(f"{name.upper()}_URL", described, parse=http)  # type: ignore[no-any-return]


@dataclass(frozen=True, kw_only=True)
class DeskSettings:
    """All of them. url: without a slash at the end."""

    address: Address = setting(
        "DESK_ADDRESS", "host:port where the desk listens", default="127.0.0.1:8100", parse=service.address
    )
    url: str = setting("DESK_URL", "address of the desk in people's browsers, https://…", parse=http)
    database_url: str = setting(
        "DATABASE_URL",
        "URL of the desk's PostgreSQL database, postgresql://…",
        parse=service.url("postgresql", "postgres"),
        secret=True,
    )
    session_key: Keys = setting(
        "SESSION_KEY", key_that("seals tokens and drafts at rest"), parse=Keys.parse, secret=True
    )
    issuer: str = setting("OIDC_ISSUER", "the OpenID provider, as it names itself", parse=http)
    configuration_url: str = setting(
        "OIDC_CONFIGURATION_URL",
        "where the provider's configuration is read; by default below OIDC_ISSUER",
        default="",
    )
    client_id: str = setting("OIDC_CLIENT_ID", "the desk's name at the provider", default="desk")
    client_secret: str = setting("OIDC_CLIENT_SECRET", "the desk's password at the provider", secret=True)
    audience: str = setting("OIDC_AUDIENCE", "for whom the provider issues access tokens", default="ketenhuis")
    intake: str = _service("intake")
    weighing: str = _service("weighing")
    meetings: str = _service("meetings")
    aftercare: str = _service("aftercare")
    reporting: str = _service("reporting")
    houses: Path = setting("HOUSES", "directory of the house profiles", default="houses", parse=Path)
    proxies: int = setting(
        "TRUSTED_PROXIES",
        "how many proxies stand before the desk and say in X-Forwarded-For who asks",
        default="0",
        parse=int,
    )
    log_level: str = setting("LOG_LEVEL", "one of " + ", ".join(LOG_LEVELS), default="INFO", parse=log_level)

    @property
    def services(self) -> Mapping[str, str]:
        """The address of each service by its name."""
        names = ("intake", "weighing", "meetings", "aftercare", "reporting")
        return {name: getattr(self, name).rstrip("/") for name in names}
