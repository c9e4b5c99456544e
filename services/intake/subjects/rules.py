"""Who a referral is about: a person or a family, as partners describe it, and what is known of it.

A partner's description is a claim: who said it and when is kept. What is known follows from the claims.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache, reduce
from itertools import chain
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from services.intake.house import House
from services.intake.subjects.birth_dates import BirthDate, birth_parts, in_short
from services.intake.subjects.names import RECENT, is_name
from shared.bounds import Bsn, Code, Length, Name
from shared.days import FIRST_DAY, InFuture
from shared.rules import BrokenRule, UnknownObject

Kind = Literal["person", "family", "group"]
Sex = Literal["man", "woman", "unknown"]
CountedSex = Literal["man", "woman", "family", "unknown"]
AgeClass = Literal["under_18", "18_to_23", "23_and_over", "unknown"]
NumberKind = Literal["a_number", "v_number", "skn", "rni", "foreign"]
NATIONAL: tuple[NumberKind, ...] = ("a_number", "v_number", "skn", "rni")
"""The numbers of which no issuer is told."""
UNTOLD = str(FIRST_DAY)
"""A birth date that systems fill in for one that nobody knows."""


class UnknownSubject(UnknownObject):
    field = "subjectId"
    reason = "is not a subject of this house"


class UnknownMunicipality(BrokenRule):
    reason = "is not a municipality or residence of this house"


class Identifier(NamedTuple):
    """A number other than a BSN. skn: in the chain of criminal justice. rni: of somebody who lives abroad.
    issuer: of a foreign number.
    """

    kind: NumberKind
    number: Code
    issuer: Code | None = None


class Subject(NamedTuple):
    """A person, family or group as partners describe them; what nobody told is null."""

    kind: Kind
    municipality: Name
    bsn: Bsn | None = None
    family_name: Name | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None
    sex: Sex | None = None
    identifiers: Annotated[tuple[Identifier, ...], Length(most=10)] | None = None

    @property
    def is_several(self) -> bool:
        """A family or a group of youths: it has a name and members, and nothing that only a person has."""
        return self.kind != "person"

    def completed_by(self, later: "Subject") -> "Subject":
        """What is told later replaces what was known; what it leaves out stays, and so do other kinds of numbers."""
        both = zip(self, later, strict=True)
        completed = Subject._make(before if now is None else now for before, now in both)
        if not (self.identifiers and later.identifiers):
            return completed
        of_kind = {(each.kind, each.issuer): each for each in (*self.identifiers, *later.identifiers)}
        return completed._replace(identifiers=tuple(of_kind.values()))

    def told(self) -> "Subject":
        """The description without what only says that something is not known: `NN`, `-`, a default birth date."""
        return without_unknowns(self)

    def without_numbers(self) -> "Subject":
        return self._replace(bsn=None, identifiers=None)


@lru_cache(RECENT)
def without_unknowns(subject: Subject) -> Subject:
    """See `Subject.told`."""
    born = subject.birth_date and in_short(subject.birth_date)
    return subject._replace(
        family_name=subject.family_name if subject.family_name and is_name(subject.family_name) else None,
        given_names=subject.given_names if subject.given_names and is_name(subject.given_names) else None,
        birth_date=None if born == UNTOLD else born,
        sex=None if subject.sex == "unknown" else subject.sex,
    )


class Claim(NamedTuple):
    """What a partner said of a subject, and when. partner: None for what was known before claims were kept."""

    partner: str | None
    stated_at: datetime
    said: Subject


class KnownSubject(NamedTuple):
    """A subject of a house. details: what is known. `data_key` is wrapped. sealed: known from sealed matters alone.

    joined: the claims on each other record of the same person, by merges in force; the details follow from all.
    person: the same for all records of one person. at_table: whether a table case of the person runs.
    """

    subject_id: UUID
    case_id: UUID
    data_key: bytes
    sealed: bool
    claims: tuple[Claim, ...]
    details: Subject
    joined: tuple[tuple[Claim, ...], ...] = ()
    person: UUID | None = None
    at_table: bool = False

    @property
    def all_claims(self) -> tuple[Claim, ...]:
        """The claims on each record of this person."""
        return tuple(chain(self.claims, *self.joined))

    @property
    def alone(self) -> Subject:
        """What is known by the claims on this record."""
        return known_from(self.claims) if self.joined else self.details

    @property
    def each_record(self) -> list[Subject]:
        """What is known by each record of this person; of the others without numbers, as a person may have two."""
        return [self.alone, *(known_from(claims).without_numbers() for claims in self.joined)]

    def with_claim(self, claim: Claim) -> "KnownSubject":
        claimed = self._replace(claims=(*self.claims, claim))
        return claimed._replace(details=known_from(claimed.all_claims))


class Disclosure(NamedTuple):
    """Somebody is told who a subject is, or what was written about it. disclosed_to: a caller's id or a partner's user.

    contribution_id: the text that is told; None: who the subject is.
    """

    house: str
    subject_id: UUID
    disclosed_to: str
    purpose: str
    correlation_id: UUID
    disclosed_at: datetime
    contribution_id: UUID | None = None


def known_from(claims: Sequence[Claim]) -> Subject:
    """What is known of a subject: of each field what was stated last. Of one moment, what came last counts."""
    if len(claims) == 1:
        return claims[0].said
    in_order = sorted(claims, key=lambda claim: claim.stated_at)
    return reduce(Subject.completed_by, (claim.said for claim in in_order))


def broken_by_description(subject: Subject | None, house: House, today: date) -> Iterator[BrokenRule]:
    """Every rule of the house that the `subject` of a statement breaks."""
    if subject is not None:
        yield from unknown_municipality("subject.municipality", subject.municipality, house)
        yield from born_in_future("subject.birthDate", subject.birth_date, today)


def unknown_municipality(field: str, name: str | None, house: House) -> Iterator[BrokenRule]:
    if name is not None and house.place(name) is None:
        nearest = ", ".join(house.places_like(name))
        yield UnknownMunicipality(field, f"{UnknownMunicipality.reason}{nearest and f'; did you mean {nearest}?'}")


def placed(subject: Subject, house: House) -> Subject:
    """The subject with the house's own name for the municipality."""
    place = house.place(subject.municipality)
    return subject._replace(municipality=place.name) if place and place.name != subject.municipality else subject


def born_in_future(field: str, birth_date: str | None, today: date) -> Iterator[BrokenRule]:
    if birth_date is not None and birth_parts(birth_date).first > today:
        yield InFuture(field)


def sex_or_family(subject: Subject) -> CountedSex:
    """The sex of a person, as it is counted; a group counts as a family."""
    return "family" if subject.is_several else subject.sex or "unknown"


def age_class(birth_date: str | None, on: date) -> AgeClass:
    """The age class that somebody falls in on a day, if that is certain."""
    if birth_date is None:
        return "unknown"
    born = birth_parts(birth_date)
    oldest, youngest = _age_class(born.first, on), _age_class(born.last, on)
    return oldest if oldest == youngest else "unknown"


def _age_class(born: date, on: date) -> AgeClass:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < 18:
        return "under_18"
    return "18_to_23" if age < 23 else "23_and_over"
