"""Who a referral is about: a person or a family, and by what the house recognises them.

A BSN decides who somebody is; without one, name and birth date do.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

from services.intake.house import House
from shared.bounds import Bsn, Name
from shared.days import PastDay
from shared.rules import BrokenRule, UnknownObject

NO_WORD = re.compile(r"[\W_]+")

Kind = Literal["person", "family"]
Sex = Literal["man", "woman", "unknown"]
CountedSex = Literal["man", "woman", "family", "unknown"]
AgeClass = Literal["under_18", "18_to_23", "23_and_over", "unknown"]


class UnknownSubject(UnknownObject):
    field = "subjectId"
    reason = "is not a subject of this house"


class UnknownPurpose(BrokenRule):
    field = "purpose"
    reason = "is not a purpose for which this house shows a name"


class UnknownMunicipality(BrokenRule):
    reason = "is not a municipality or residence of this house"


class Subject(NamedTuple):
    """A person or family as partners describe them; what nobody told is null."""

    kind: Kind
    municipality: Name
    bsn: Bsn | None = None
    family_name: Name | None = None
    given_names: Name | None = None
    birth_date: PastDay | None = None
    sex: Sex | None = None

    def completed_by(self, later: "Subject") -> "Subject":
        """What is told later replaces what was known; what it leaves out stays."""
        both = zip(self, later, strict=True)
        return Subject._make(before if now is None or now == "unknown" else now for before, now in both)


class Trait(NamedTuple):
    """One thing by which a subject is recognised: its `bsn`, or its `name` with its birth date."""

    kind: str
    value: str


class Candidate(NamedTuple):
    """A known subject that shares a trait, by the trait's kind."""

    trait: str
    subject_id: UUID
    has_bsn: bool


class KnownSubject(NamedTuple):
    """A subject of a house with what is known of it. `data_key` is wrapped."""

    subject_id: UUID
    case_id: UUID
    details: Subject
    data_key: bytes


class Disclosure(NamedTuple):
    """Somebody is told who a subject is. disclosed_to: a caller's name or a partner's user."""

    house: str
    subject_id: UUID
    disclosed_to: str
    purpose: str
    correlation_id: UUID
    disclosed_at: datetime


def broken_by_description(subject: Subject | None, house: House) -> Iterator[BrokenRule]:
    """Every rule of the house that the `subject` of a statement breaks."""
    if subject is not None:
        yield from unknown_municipality("subject.municipality", subject.municipality, house)


def unknown_municipality(field: str, name: str | None, house: House) -> Iterator[BrokenRule]:
    if name is not None and name not in house.municipalities:
        yield UnknownMunicipality(field)


def traits(subject: Subject) -> list[Trait]:
    """None, one or both. A name counts only together with a birth date."""
    found = []
    if subject.bsn:
        found.append(Trait("bsn", subject.bsn))
    if subject.family_name and subject.birth_date:
        names = (normalised(subject.family_name), normalised(subject.given_names or ""))
        found.append(Trait("name", "|".join((subject.kind, *names, subject.birth_date.isoformat()))))
    return found


def normalised(name: str) -> str:
    """A name without case, accents, punctuation and superfluous spaces: `Müller-d'Hont ` is `muller d hont`."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return NO_WORD.sub(" ", plain).strip()


def recognise(given: Sequence[Trait], candidates: Sequence[Candidate]) -> UUID | None:
    """The known subject that the given traits belong to, or None for a new one.

    Namesakes with a BSN of their own are never taken for somebody with another BSN. Where several known subjects
    share a name and birth date and no BSN is given, only the one without BSN can be meant for certain.
    """
    for candidate in candidates:
        if candidate.trait == "bsn":
            return candidate.subject_id
    namesakes = [candidate for candidate in candidates if candidate.trait == "name"]
    bsn_given = any(trait.kind == "bsn" for trait in given)
    if len(namesakes) != 1 or bsn_given:
        namesakes = [namesake for namesake in namesakes if not namesake.has_bsn]
    return namesakes[0].subject_id if namesakes else None


def sex_or_family(subject: Subject) -> CountedSex:
    """The sex of a person, as it is counted."""
    return "family" if subject.kind == "family" else subject.sex or "unknown"


def age_class(birth_date: date | None, on: date) -> AgeClass:
    """The age class that somebody falls in on a day."""
    if birth_date is None:
        return "unknown"
    age = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    if age < 18:
        return "under_18"
    return "18_to_23" if age < 23 else "23_and_over"


def check_purpose(purpose: str, house: House) -> None:
    """Raises UnknownPurpose."""
    if purpose not in house.purposes:
        raise UnknownPurpose
