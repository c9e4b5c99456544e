"""Intake's settings."""

from dataclasses import dataclass

from shared.configuration import ServiceSettings, setting
from shared.configuration.service import key_that
from shared.keys import Keys

FEWEST_SUBJECT_DAYS = 366
"""A partner reports in the next year on the people of a year."""
DAY_SECONDS = 86_400.0


def _subject_days(text: str) -> int:
    if 0 != int(text) < FEWEST_SUBJECT_DAYS:
        raise ValueError
    return int(text)


def _seconds(text: str) -> float:
    if float(text) < 0:
        raise ValueError
    return float(text)


@dataclass(frozen=True, kw_only=True)
class IntakeSettings(ServiceSettings):
    index_key: Keys = setting("INDEX_KEY", key_that("finds subjects unread"), parse=Keys.parse, secret=True)
    subject_days: int = setting(
        "SUBJECT_DAYS",
        "days after which a subject is forgotten of whom nothing was heard or told, "
        f"at least {FEWEST_SUBJECT_DAYS}; 0: never",
        default="0",
        parse=_subject_days,
    )

    match_seconds: float = setting(
        "MATCH_SECONDS",
        "how often new records are compared with those that are alike; 0: never",
        default="60",
        parse=_seconds,
    )

    @property
    def forget_seconds(self) -> float:
        """How often subjects are forgotten; 0 for never."""
        return DAY_SECONDS if self.subject_days else 0
