"""Settings from the environment and profiles from TOML files, checked before the process starts."""

from shared.configuration.profile_format import ProfileFormat
from shared.configuration.profiles import (
    HOUSE_FORMAT,
    SLUG,
    Coded,
    Identified,
    Named,
    ProfilesError,
    house_loader,
    load_profiles,
    slug,
)
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
    "HOUSE_FORMAT",
    "MOST_SHARDS",
    "SLUG",
    "Address",
    "Coded",
    "Identified",
    "Named",
    "ProcessSettings",
    "ProfileFormat",
    "ProfilesError",
    "ServiceSettings",
    "Setting",
    "SettingsError",
    "address",
    "declared_settings",
    "from_environment",
    "house_loader",
    "load_profiles",
    "setting",
    "slug",
]
