"""Intake's settings."""

from dataclasses import dataclass

from shared.configuration import ServiceSettings, setting
from shared.configuration.service import key_that
from shared.keys import Keys


@dataclass(frozen=True, kw_only=True)
class IntakeSettings(ServiceSettings):
    master_key: Keys = setting(
        "MASTER_KEY", key_that("wraps the data key of each subject"), parse=Keys.parse, secret=True
    )
    index_key: Keys = setting("INDEX_KEY", key_that("finds subjects unread"), parse=Keys.parse, secret=True)
