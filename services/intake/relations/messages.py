"""What is announced of relations, and what people record and see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from services.intake.house import House
from services.intake.partners.rules import UnknownPartner
from services.intake.relations.rules import MembersOfPerson, OneOther, RelationKind, Role
from services.intake.subjects.birth_dates import BirthDate
from services.intake.subjects.messages import AboutWhom, SubjectView
from services.intake.subjects.rules import Sex, Subject, born_in_future, unknown_municipality
from shared.bounds import Bsn, Code, Length, Name, Text
from shared.days import PastDay
from shared.rules import BrokenRule

MOST_LISTED = 100
MOST_MEMBERS = 20


class Member(NamedTuple):
    """A member of a family or group, as a partner describes it; `municipality` if it is another one than its."""

    family_name: Name
    municipality: Name | None = None
    bsn: Bsn | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None
    sex: Sex | None = None

    def described(self, family: Subject) -> Subject:
        """As partners describe a person."""
        municipality, name = self.municipality or family.municipality, self.family_name
        return Subject("person", municipality, self.bsn, name, self.given_names, self.birth_date, self.sex)


Members = Annotated[tuple[Member, ...], Length(most=MOST_MEMBERS)]


def described(members: Sequence[Member] | None, family: Subject) -> tuple[Subject, ...]:
    """The members of a family, as partners describe people."""
    return tuple(member.described(family) for member in members or ())


def broken_by_members(
    members: Sequence[Member] | None, of: Subject | None, house: House, today: date
) -> Iterator[BrokenRule]:
    """Every rule that the members of what a statement is about break. of: None if it is not described rightly."""
    if members and of and of.kind == "person":
        yield MembersOfPerson()
    for number, member in enumerate(members or ()):
        if member is not None:
            yield from unknown_municipality(f"members[{number}].municipality", member.municipality, house)
            yield from born_in_future(f"members[{number}].birthDate", member.birth_date, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationChanged:
    """`relations.changed.v1`: somebody is a member of a family or group, or related to another person, or not any more.

    Of the case of `subject_id`, who is the `kind` of `other_id`. `withdrawn`: it was recorded by mistake.
    """

    relation_id: UUID
    kind: RelationKind
    subject_id: UUID
    other_id: UUID
    other_case_id: UUID
    since: date | None = None
    until: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRelation:
    """`role`: what the other one is to the subject. `otherId`: of whom the house knows; `about`: of anybody else, who
    is registered with it. `source`: the partner that said so; null: the people told it.
    """

    subject_id: UUID
    other_id: UUID | None = None
    about: AboutWhom | None = None
    role: Role
    since: PastDay | None = None
    until: PastDay | None = None
    source: Code | None = None

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        """Every rule of the house that it breaks."""
        if self.source and self.source not in house.partners:
            yield UnknownPartner("source", known=house.partners)
        if (self.other_id is None) == (self.about is None):
            yield OneOther()
        if self.about:
            yield from unknown_municipality("about.municipality", self.about.municipality or "", house)
            yield from born_in_future("about.birthDate", self.about.birth_date, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRelation:
    """`until`: the last day."""

    until: PastDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRelation:
    """It was recorded by mistake."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRelation:
    """A relation that was recorded."""

    relation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """`role`: what the `other` one is to whom was asked about. `source`: the partner that said so; null: the people
    themselves. `recordedBy`: null of a message. `because`: why it was withdrawn, if it was.
    """

    relation_id: UUID
    role: Role
    other: SubjectView
    since: date | None
    until: date | None
    source: str | None
    recorded_by: str | None
    recorded_at: datetime
    ended_by: str | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationList:
    """Those that run first, the latest recorded first."""

    items: Annotated[tuple[RelationView, ...], Length(most=MOST_LISTED)]
