"""Every kind of fault there is, by name."""

from tests.fault.faults import attacks, broker, crashes, databases, links, operation, processes, rotation
from tests.fault.faults.registry import ATTACKS, FAULTS, Fault

__all__ = [
    "ATTACKS",
    "FAULTS",
    "Fault",
    "attacks",
    "broker",
    "crashes",
    "databases",
    "links",
    "operation",
    "processes",
    "rotation",
]
