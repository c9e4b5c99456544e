"""Every kind of fault there is, by name."""

from tests.fault.faults import broker, crashes, databases, links, operation, processes
from tests.fault.faults.registry import FAULTS, Fault

__all__ = ["FAULTS", "Fault", "broker", "crashes", "databases", "links", "operation", "processes"]
