"""The advice that is written for ZSM, and what is announced of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.bounds import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAdvice:
    """`sketch`: the case in short. `measures`: what the table wishes for. Both come from the plan."""

    sketch: Text
    measures: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ZsmAdvice:
    """`writtenOn`, `writtenBy`: when, by whom. `sketch`, `measures`: empty once the person's texts were forgotten."""

    advice_id: UUID
    table_case_id: UUID
    case_id: UUID
    written_on: date
    written_by: str
    sketch: str
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZsmAdviceWritten:
    """`zsm-advices.written.v1`: a table advises the prosecutor. The newest advice on a case counts."""

    advice_id: UUID
    table_case_id: UUID
    written_on: date
