"""What reporting reads of its environment."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from shared.configuration import ServiceSettings, setting


class Target(NamedTuple):
    """A process to watch with its replicas, and where they give their metrics."""

    name: str
    url: str


def scrape_targets(text: str) -> tuple[Target, ...]:
    """`name=url,name=url`."""
    pairs = (pair.strip().split("=", 1) for pair in text.split(",") if pair.strip())
    targets = tuple(Target(name, url) for name, url in pairs)
    if not all(name and urlsplit(url).scheme in ("http", "https") for name, url in targets):
        raise ValueError
    return targets


LEAST_DAYS = 15
"""A week, and the week before to compare with."""


def days_kept(text: str) -> int:
    """Parses a number of days from LEAST_DAYS on."""
    if int(text) < LEAST_DAYS:
        raise ValueError
    return int(text)


@dataclass(frozen=True, kw_only=True)
class ReportingSettings(ServiceSettings):
    """The settings that only reporting has."""

    scrape_targets: tuple[Target, ...] = setting(
        "SCRAPE_TARGETS",
        "what is watched for operators, as name=url,…: each service, each relay as <service>-relay, desk, broker, "
        "and for the age of its backup each database as <service>-postgres; of replicas each has a pair, or all are "
        "addresses of one host; the services are also handed the operators' tokens: name none but the platform's own",
        default="",
        parse=scrape_targets,
    )
    operations_days: int = setting(
        "OPERATIONS_DAYS",
        f"for so many days, at least {LEAST_DAYS}, the figures for operators are kept",
        default="35",
        parse=days_kept,
    )
