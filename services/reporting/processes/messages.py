"""The processes of the platform, as operators get them."""

from dataclasses import dataclass
from typing import Annotated

from services.reporting.processes.rules import Answer, Kind, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessView:
    """`name`: as operators call it; replicas share it. `ready`: whether it can work; `problems` say why it cannot.

    `restart`: whether it may be restarted now. `restart_why`: what happens then, or what to do before.
    """

    name: str
    address: Annotated[str, {"description": "host and port"}]
    kind: Annotated[Kind, {"description": "worker, relay, desk or broker"}]
    service: Annotated[str, {"description": "the service that it is of; desk; broker for a node of the broker"}]
    answers: Annotated[bool, {"description": "whether it answers at all"}]
    ready: bool
    problems: tuple[str, ...]
    restart: Answer
    restart_why: Why
