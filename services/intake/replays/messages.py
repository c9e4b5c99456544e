"""How a partner asks for messages that it missed."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from marshmallow import fields

from services.intake.partners.rules import Statement
from shared.bounds import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayRequest(Statement):
    """`replays.requested.v1` of a partner: send the partner's messages from number `from_sequence` on once more."""

    from_sequence: Annotated[int, partial(fields.Integer, strict=True), Range(least=1)]
