"""Intake's settings."""

from dataclasses import dataclass

from shared.configuration import ServiceSettings, setting
from shared.configuration.service import key_of_32_bytes


@dataclass(frozen=True, kw_only=True)
class IntakeSettings(ServiceSettings):
    master_key: bytes = setting(
        "MASTER_KEY", "32 bytes in base64 that wrap the data key of each subject", parse=key_of_32_bytes, secret=True
    )
    index_key: bytes = setting(
        "INDEX_KEY",
        "32 bytes in base64 by which subjects are found unread",
        parse=key_of_32_bytes,
        secret=True,
    )
