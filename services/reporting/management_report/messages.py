"""How the management report is asked for over HTTP."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementReportQuery:
    """No parameters: the year stands in the path, and the house is the caller's own."""
