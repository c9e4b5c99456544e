"""The prosecutor's question, and its answer."""

from dataclasses import dataclass
from uuid import UUID

from services.intake.discussed.rules import AskFor, Why
from services.intake.subjects.messages import AboutWhom


@dataclass(frozen=True, slots=True, kw_only=True)
class WhetherDiscussed:
    """`about`: a person. `why`: what must be decided: how a case is settled, whether somebody stays in custody, or on
    which conditions somebody is released.
    """

    about: AboutWhom
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    """`discussed`: whether the house weighs the person's case, has it at a table or in aftercare, as far as it is
    certain. `askFor`: whom of the house to ask for; null if it does not. `adviceId`: the last ZSM advice on the
    person that the caller's organisation was sent, for meetings to show.
    """

    discussed: bool
    ask_for: AskFor | None
    advice_id: UUID | None = None
