"""How a municipality's factsheet is asked for over HTTP."""

from dataclasses import dataclass
from typing import Annotated

from shared.bounds import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsheetQuery:
    municipality: Annotated[str, Length(least=1)]
