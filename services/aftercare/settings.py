"""The settings of aftercare, beside those of every service."""

from dataclasses import dataclass

from shared.configuration import ServiceSettings, setting


def _interval(text: str) -> float:
    if float(text) < 0:
        raise ValueError
    return float(text)


@dataclass(frozen=True, kw_only=True)
class AftercareSettings(ServiceSettings):
    watch_seconds: float = setting(
        "WATCH_SECONDS", "how often today is watched; 0: only when somebody asks", default="300", parse=_interval
    )
