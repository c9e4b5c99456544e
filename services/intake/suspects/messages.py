"""The list of suspects that a partner sends, and what is announced of those whom the house knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from services.intake.house import House
from services.intake.partners.rules import Statement
from services.intake.subjects.birth_dates import BirthDate
from services.intake.subjects.rules import Identifier, Sex, Subject, born_in_future
from shared.bounds import Bsn, Code, Length, Name
from shared.days import PastDay
from shared.rules import BrokenRule

MOST_SUSPECTS = 500


class Suspect(NamedTuple):
    """A row of the list; what nobody told is null."""

    bsn: Bsn | None = None
    family_name: Name | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None
    sex: Sex | None = None
    identifiers: Annotated[tuple[Identifier, ...], Length(most=10)] | None = None

    @property
    def described(self) -> Subject:
        """Nobody is recognised by a municipality, and a list has none."""
        return Subject(kind="person", municipality="", **self._asdict())


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectList(Statement):
    """`suspect-lists.submitted.v1` of a partner: whose cases ran at ZSM on a day. Unknown people are forgotten."""

    reference: Code
    listed_on: PastDay
    suspects: Annotated[tuple[Suspect, ...], Length(most=MOST_SUSPECTS)]

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        for number, suspect in enumerate(self.suspects or ()):
            yield from born_in_future(f"suspects[{number}].birthDate", suspect.birth_date, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectRecognised:
    """`suspects.recognised.v1`: a subject is on a partner's list of suspects, and was not on one of the week before."""

    subject_id: UUID
    partner: str
    listed_on: date
