"""Whether the client joins the meeting, as the team weighs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from services.weighing.house import DecisionRule
from shared.bounds import Length
from shared.rules import BrokenRule

ContraIndication = Literal["red_rag", "safety_risk"]
"""red_rag: contact with organisations works like a red rag. safety_risk: the talk is a risk to somebody's safety."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAtTable:
    """wanted: whether the team wants the client at the meeting. contra_indications: what speaks against it.
    case_holder_consulted: whether the case holder was asked.
    """

    wanted: bool
    contra_indications: Annotated[tuple[ContraIndication, ...], Length(most=2)] = ()
    case_holder_consulted: bool = False


class ClientNotAsked(BrokenRule):
    field = "clientAtTable"
    reason = "only goes with a decision that brings the case to a table"


class ContraIndicationTwice(BrokenRule):
    field = "clientAtTable.contraIndications[1]"
    reason = "is named already"


def wrong_client(client: ClientAtTable | None, rule: DecisionRule) -> Iterator[BrokenRule]:
    if client is None:
        return
    if rule.opens_table is None:
        yield ClientNotAsked()
    if len(client.contra_indications) > len(set(client.contra_indications)):
        yield ContraIndicationTwice()
