"""What reporting's look-ups and handlers work with besides the houses: how long the platform's past is kept."""

from dataclasses import dataclass
from typing import Any

from services.reporting.house import House
from services.reporting.settings import ReportingSettings
from shared import unit


@dataclass(frozen=True, kw_only=True)
class Lookup(unit.Lookup[House]):
    """A transaction of reporting that cannot write."""

    operations_days: int

    @classmethod
    def resources(cls, settings: ReportingSettings) -> dict[str, Any]:
        return {"operations_days": settings.operations_days}


@dataclass(frozen=True, kw_only=True)
class Unit(Lookup, unit.Unit[House]):
    """A transaction of reporting in which events or the figures of a minute are kept."""
