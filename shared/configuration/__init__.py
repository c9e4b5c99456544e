"""Settings from the environment and profiles from TOML files, both checked before anything starts."""

from shared.configuration.profiles import SLUG, ProfileSchema, ProfilesError, load_profiles, slug
from shared.configuration.service import (
    BROKER_HEARTBEAT_SECONDS,
    MOST_SHARDS,
    Address,
    ProcessSettings,
    ServiceSettings,
    address,
)
from shared.configuration.settings import (
    Setting,
    SettingsError,
    declared_settings,
    from_environment,
    setting,
)

__all__ = [
    "BROKER_HEARTBEAT_SECONDS",
    "MOST_SHARDS",
    "SLUG",
    "Address",
    "ProcessSettings",
    "ProfileSchema",
    "ProfilesError",
    "ServiceSettings",
    "Setting",
    "SettingsError",
    "address",
    "declared_settings",
    "from_environment",
    "load_profiles",
    "setting",
    "slug",
]
