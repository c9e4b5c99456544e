"""That meetings has an advice for the prosecutor, and what the prosecutor gets. The text stays in meetings."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ZsmAdviceWritten:
    """`zsm-advices.written.v1` of meetings: a table advises the prosecutor on a case."""

    advice_id: UUID
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectOfAdvice:
    """Who somebody is, as far as the prosecutor needs to know whose case it is."""

    bsn: str | None = None
    family_name: str | None = None
    given_names: str | None = None
    birth_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZsmAdviceSent:
    """`zsm-advices.sent.v1`: there is an advice on somebody, to be read at the house by its id. The newest counts."""

    advice_id: UUID
    written_on: date
    subject: SubjectOfAdvice
