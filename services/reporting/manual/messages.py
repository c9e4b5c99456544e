"""An entry of the operators' manual."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualEntry:
    """`alert`: its name in Prometheus and in docs/operators.md. `severity`: now (wakes somebody) or today.

    `title`, `meaning`, `remedy`: Dutch texts for operators.
    """

    alert: str
    severity: str
    title: str
    meaning: str
    remedy: str
