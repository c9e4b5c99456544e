"""How a municipality's factsheet is asked for over HTTP."""

from dataclasses import dataclass

from shared.bounds import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsheetQuery:
    municipality: Name
