"""Whether the client joins the meeting, as weighing tells it and people look it up."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from shared.bounds import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAtTable:
    """Whether the weighing team wants the client at the meeting. `contra_indications`: what speaks against it, as
    `red_rag` or `safety_risk`. `case_holder_consulted`: whether the case holder was asked.
    """

    wanted: bool
    contra_indications: Annotated[tuple[str, ...], Length(most=10)] = ()
    case_holder_consulted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedClient(ClientAtTable):
    """With the day of the briefing."""

    weighed_on: date
