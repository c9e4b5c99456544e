"""How partners describe a subject, and what people look up of one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Self
from uuid import UUID

from marshmallow import ValidationError, fields, validates_schema

from services.intake.house import House, ToldField
from services.intake.partners.messages import PartnersSchema, tells
from services.intake.partners.rules import Statement
from services.intake.subjects.birth_dates import BirthDate
from services.intake.subjects.rules import (
    NATIONAL,
    Identifier,
    Kind,
    KnownSubject,
    Subject,
    broken_by_description,
    placed,
)
from services.intake.subjects.telling import limited
from shared.bounds import Bsn, Code, Length, Name
from shared.rules import BrokenRule
from shared.schemas import REASONS, schema_of
from shared.validation import Reason

NOT_FOR_A_FAMILY = Reason("Not for a family.", "not_for_a_family")
MOST_TOGETHER = 200
"""Subjects in one look-up, as many as there are decisions in one command of weighing."""
SEVERAL: tuple[Kind, ...] = ("family", "group")
PERSON_ONLY = ("bsn", "givenNames", "birthDate", "sex", "identifiers")


class SubjectForm(PartnersSchema):
    """A family or group has a name, and nothing that only a person has."""

    def goes_the_short_way(self, data: dict[str, Any]) -> bool:
        return data.get("kind") not in SEVERAL

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def check_family(self, data: object, sent: Any, **_: Any) -> None:
        if not isinstance(sent, Mapping) or sent.get("kind") not in SEVERAL:
            return
        problems = {field: [NOT_FOR_A_FAMILY] for field in PERSON_ONLY if tells(sent.get(field))}
        if not tells(sent.get("familyName")):
            problems["familyName"] = [REASONS["required"]]
        if problems:
            raise ValidationError(problems)


DescribedSubject = Annotated[Subject, partial(fields.Nested, schema_of(Subject, SubjectForm))]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOnSubject(Statement):
    """Base of what a partner tells about a subject. `reference`: the partner's own."""

    reference: Code
    subject: DescribedSubject

    @property
    def sealed_theme(self) -> str | None:
        """The theme of the sealed matter that it belongs to."""
        return None

    @property
    def everybody(self) -> tuple[Subject, ...]:
        """Each person or family whom it describes."""
        return (self.subject,)

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        return broken_by_description(self.subject, house, today)

    def placed(self, house: House) -> Self:
        subject = placed(self.subject, house)
        return self if subject is self.subject else replace(self, subject=subject)


Purpose = Annotated[
    Code, {"description": "`intake`, `briefing`, the id of one of the house's tables, or `information_request`"}
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectQuery:
    """`purpose`: one that the profile gives to the caller's role."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsQuery:
    """`subject_ids`: whose names are asked, for example all on an agenda. `purpose`: one of the caller's role, or
    `information_request` for people of a partner that is asked about these subjects.
    """

    subject_ids: Annotated[tuple[UUID, ...], Length(1, MOST_TOGETHER)]
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView:
    """A subject with what is known of it and needed for the purpose."""

    subject_id: UUID
    case_id: UUID
    details: DescribedSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutWhom:
    """Somebody as far as was told, for example by phone."""

    kind: Kind = "person"
    municipality: Name | None = None
    bsn: Bsn | None = None
    family_name: Name | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None

    def subject(self) -> Subject:
        """As partners describe somebody; without municipality it is empty."""
        subject = Subject(self.kind, self.municipality or "", family_name=self.family_name)
        if subject.is_several:
            return subject
        return subject._replace(bsn=self.bsn, given_names=self.given_names, birth_date=self.birth_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeQuery:
    """`about`: whom somebody describes. `number`: another number than a BSN, of whatever kind but a foreign one.
    `purpose`: one that the profile gives to the caller's role.
    """

    about: AboutWhom
    number: Code | None = None
    purpose: Purpose

    def subject(self) -> Subject:
        """As partners describe somebody, with the number under each kind."""
        described = self.about.subject()
        if self.number is None or described.is_several:
            return described
        return described._replace(identifiers=tuple(Identifier(kind, self.number) for kind in NATIONAL))


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectList:
    """In the order in which they were asked for, each once. Left out: whom the house does not know, and
    about whom the caller's organisation is not asked.
    """

    items: tuple[SubjectView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeView:
    """`alike`: subjects that may be the same person or family, which no rule decides."""

    alike: tuple[SubjectView, ...]


def view(known: KnownSubject, details: Collection[ToldField]) -> SubjectView:
    return SubjectView(subject_id=known.subject_id, case_id=known.case_id, details=limited(known.details, details))
